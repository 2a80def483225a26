package io.arranque.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects the cases of one theme after another.
 *
 * @param <L> what their scripts have to work with
 */
public final class Cases<L> {
  private final List<Case<L>> cases = new ArrayList<>();
  private String theme = "";

  /** All of DHCP's, in the order of the table. */
  static List<Case<Lab>> all() {
    Cases<Lab> cases = new Cases<>();
    DiscoverCases.add(cases);
    AllocationCases.add(cases);
    SelectingCases.add(cases);
    RefusalCases.add(cases);
    InitRebootCases.add(cases);
    RenewingCases.add(cases);
    InformCases.add(cases);
    DeclineReleaseCases.add(cases);
    DestinationCases.add(cases);
    RelayCases.add(cases);
    SelectionCases.add(cases);
    OptionCases.add(cases);
    SizeCases.add(cases);
    IdentityCases.add(cases);
    PxeCases.add(cases);
    BootCases.add(cases);
    BootpCases.add(cases);
    RobustnessCases.add(cases);
    return cases.list();
  }

  /** What was added, in that order. */
  public List<Case<L>> list() {
    return List.copyOf(cases);
  }

  /** The heading of what follows. */
  public void theme(String name) {
    theme = name;
  }

  public void add(String section, String sentence, Case.Script<L> script) {
    cases.add(new Case<>(theme, section, sentence, Optional.empty(), script));
  }

  public void add(String section, String sentence, Feature needs, Case.Script<L> script) {
    cases.add(new Case<>(theme, section, sentence, Optional.of(needs), script));
  }
}
