package io.arranque.web.views;

import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Provisioning;
import io.arranque.inventory.Provisioning.Alarm;
import io.arranque.inventory.Provisioning.Window;
import io.arranque.plan.Arming;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What page and API show of machines' secrets: names and times, never values or codes. */
public final class SecretViews {
  private SecretViews() {}

  /**
   * @param reason empty: there is no alarm
   */
  public record AlarmView(
      String reason,
      String sentence,
      String advice,
      String detail,
      String since,
      boolean quarantined) {}

  /**
   * @param state {@code not-needed}, {@code armed}, {@code unarmed} or {@code quarantined}
   * @param names of the secrets that the machine's role would tell it
   * @param showsCode whether its screen shows a code that may be confirmed
   * @param told names of those it was told, and when last
   */
  public record ProvisioningView(
      String state,
      List<String> names,
      String until,
      String by,
      String why,
      boolean showsCode,
      SortedMap<String, String> told,
      AlarmView alarm) {}

  public record AlarmRow(
      String mac, String id, String name, AlarmView alarm, SortedMap<String, String> told) {}

  static ProvisioningView provisioning(Machine machine, Arming arming, Instant now) {
    Provisioning its = machine.provisioning().at(now);
    return new ProvisioningView(
        arming.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        List.copyOf(arming.secrets()),
        its.window().map(w -> Views.text(w.until())).orElse(""),
        its.window().map(Window::by).orElse(""),
        arming.why(),
        its.pairing().filter(code -> code.isGood(now)).isPresent(),
        told(its),
        alarm(its.alarm()));
  }

  public static List<AlarmRow> alarms(Inventory inventory) {
    return inventory.machines().stream()
        .filter(machine -> machine.provisioning().alarm().isPresent())
        .map(
            machine ->
                new AlarmRow(
                    machine.mac().toString(),
                    machine.mac().hyphenated(),
                    machine.hostname(),
                    alarm(machine.provisioning().alarm()),
                    told(machine.provisioning())))
        .toList();
  }

  private static AlarmView alarm(Optional<Alarm> alarm) {
    return new AlarmView(
        alarm.map(a -> a.reason().name()).orElse(""),
        alarm.map(a -> a.reason().sentence()).orElse(""),
        alarm.map(a -> a.reason().advice()).orElse(""),
        alarm.map(Alarm::detail).orElse(""),
        alarm.map(a -> Views.text(a.since())).orElse(""),
        alarm.map(Alarm::quarantined).orElse(false));
  }

  private static SortedMap<String, String> told(Provisioning its) {
    SortedMap<String, String> told = new TreeMap<>();
    its.told().forEach((name, at) -> told.put(name, Views.text(at)));
    return told;
  }
}
