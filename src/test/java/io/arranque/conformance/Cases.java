package io.arranque.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the cases of one theme after another. */
final class Cases {
  private final List<Case> cases = new ArrayList<>();
  private String theme = "";

  /** All there are, in the order of the table. */
  static List<Case> all() {
    Cases cases = new Cases();
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
    return List.copyOf(cases.cases);
  }

  /** The heading of what follows. */
  void theme(String name) {
    theme = name;
  }

  void add(String section, String sentence, Case.Script script) {
    cases.add(new Case(theme, section, sentence, Optional.empty(), script));
  }

  void add(String section, String sentence, Feature needs, Case.Script script) {
    cases.add(new Case(theme, section, sentence, Optional.of(needs), script));
  }
}
