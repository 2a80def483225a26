package io.arranque.diagnosis;

import static io.arranque.diagnosis.Diagnosis.found;

import io.arranque.diagnosis.Circumstances.Dhcp;
import io.arranque.diagnosis.Circumstances.Rival;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Of a machine that asks for an address, or got one and nothing more. */
final class Address {
  /** Firmware asks again after 1, 2, 4 and 8 seconds. */
  private static final int PATIENT = 3;

  private static final Duration ANSWER_TAKEN_WITHIN = Duration.ofSeconds(20);

  /** Firmware asks for its loader at once; what it waits for is other proxies, some seconds. */
  private static final Duration LOADER_WITHIN = Duration.ofSeconds(15);

  private Address() {}

  static Optional<Diagnosis> judge(Case boot) {
    List<BootEvent> dhcp = boot.all(Address::isDhcp);
    return silenced(dhcp, boot.around())
        .or(() -> untaken(boot, dhcp))
        .or(() -> addressed(boot, dhcp));
  }

  static boolean isDhcp(BootEvent event) {
    return event.stage().compareTo(Stage.DISCOVER) >= 0 && event.stage().compareTo(Stage.ACK) <= 0;
  }

  static long asks(List<BootEvent> dhcp) {
    return dhcp.stream().filter(e -> e.stage() == Stage.DISCOVER).count();
  }

  /** We did not answer, and said why. */
  static Optional<Diagnosis> silenced(List<BootEvent> dhcp, Circumstances around) {
    if (dhcp.isEmpty()) {
      return Optional.empty();
    }
    BootEvent last = dhcp.get(dhcp.size() - 1);
    return switch (last.reason()) {
      case OTHER_DHCP_SERVER ->
          Optional.of(
              found(Symptom.HELD_BACK)
                  .with("server", last.detail().replace(" gives addresses here", ""))
                  .by(last));
      case POOL_EXHAUSTED -> Optional.of(found(Symptom.POOL_EMPTY).by(last));
      case POOL_KEPT_FOR_KNOWN -> Optional.of(found(Symptom.POOL_KEPT).by(last));
      case TOO_MANY_STRANGERS -> Optional.of(found(Symptom.TOO_MANY_STRANGERS).by(last));
      case MACHINE_IGNORED -> Optional.of(found(Symptom.IGNORED).by(last));
      case COMMIT_FAILED -> Optional.of(found(Symptom.LEASE_NOT_WRITTEN).by(last));
      case OVERLOADED, RATE_LIMITED -> Optional.of(found(Symptom.OVERLOADED).by(last));
      case UNKNOWN_FIRMWARE ->
          Optional.of(found(Symptom.ARCHITECTURE_UNKNOWN).with("client", client(dhcp)).by(last));
      case ADDRESS_IN_USE -> Optional.of(taken(dhcp, last, around));
      case ADDRESS_DECLINED, DECLINED_TOO_OFTEN ->
          Optional.of(found(Symptom.ADDRESS_DECLINED).with("address", address(last)).by(last));
      case WRONG_ADDRESS ->
          dhcp.stream().filter(e -> e.reason() == Reason.WRONG_ADDRESS).count() < 2
              ? Optional.empty()
              : Optional.of(found(Symptom.ADDRESS_REFUSED).with("address", address(last)).by(last));
      default -> Optional.empty();
    };
  }

  /** Who found it tells the holder; who is refused it later only the address. */
  private static Diagnosis taken(List<BootEvent> dhcp, BootEvent last, Circumstances around) {
    List<BootEvent> told =
        dhcp.stream()
            .filter(e -> e.reason() == Reason.ADDRESS_IN_USE && e.address().equals(last.address()))
            .toList();
    String holder =
        told.stream()
            .map(BootEvent::detail)
            .filter(detail -> !detail.isEmpty())
            .reduce((before, after) -> after)
            .or(() -> last.address().map(around.holders()::get))
            .orElse("?");
    return found(Symptom.ADDRESS_IN_USE)
        .with("address", address(last))
        .with("holder", holder)
        .by(told);
  }

  private static String address(BootEvent event) {
    return event.address().map(Object::toString).orElse("?");
  }

  private static String client(List<BootEvent> dhcp) {
    return dhcp.stream()
        .filter(e -> e.stage() == Stage.DISCOVER || e.stage() == Stage.REQUEST)
        .reduce((before, after) -> after)
        .map(BootEvent::detail)
        .orElse("?");
  }

  /** We offered, and it took nothing, or another's. */
  private static Optional<Diagnosis> untaken(Case boot, List<BootEvent> dhcp) {
    Optional<String> chosen = boot.chosen(recent(dhcp));
    long asks = asks(dhcp);
    BootEvent last = dhcp.get(dhcp.size() - 1);
    if (chosen.isPresent() && last.stage() != Stage.ACK) {
      return Optional.of(
          found(Symptom.OTHER_SERVER_FIRST)
              .with("asks", asks)
              .with("server", chosen.get())
              .by(dhcp));
    }
    boolean offered = last.stage() == Stage.OFFER || last.stage() == Stage.DISCOVER;
    boolean patient = asks >= PATIENT || boot.quiet(ANSWER_TAKEN_WITHIN);
    if (!offered || !patient) {
      return Optional.empty();
    }
    if (boot.around().dhcp() == Dhcp.PROXY) {
      return Optional.of(found(Symptom.NO_CAMPUS_ADDRESS).with("asks", asks).by(dhcp));
    }
    return Optional.of(
        boot.around().rivals().stream()
            .filter(Rival::givesAddresses)
            .findFirst()
            .map(
                rival ->
                    found(Symptom.OTHER_SERVER_FIRST)
                        .with("asks", asks)
                        .with("server", rival.name())
                        .by(dhcp))
            .orElseGet(() -> found(Symptom.OFFER_NOT_TAKEN).with("asks", asks).by(dhcp)));
  }

  /** Since it asked last but once: another server that it took before may be gone by now. */
  private static List<BootEvent> recent(List<BootEvent> dhcp) {
    int asked = 0;
    for (int i = dhcp.size() - 1; i >= 0; i--) {
      asked += dhcp.get(i).stage() == Stage.DISCOVER ? 1 : 0;
      if (asked == 2) {
        return dhcp.subList(i, dhcp.size());
      }
    }
    return dhcp;
  }

  /** It has an address; beside another server only its own REQUEST says so. */
  private static Optional<Diagnosis> addressed(Case boot, List<BootEvent> dhcp) {
    BootEvent last = dhcp.get(dhcp.size() - 1);
    boolean proxied = boot.around().dhcp() == Dhcp.PROXY && last.stage() == Stage.REQUEST;
    if ((last.stage() != Stage.ACK && !proxied) || !boot.quiet(LOADER_WITHIN)) {
      return Optional.empty();
    }
    String file =
        dhcp.stream()
            .filter(e -> e.stage() == Stage.ACK || e.stage() == Stage.OFFER)
            .reduce((before, after) -> after)
            .map(BootEvent::detail)
            .orElse("");
    return Optional.of(
        isScript(file)
            ? noScript(boot, last)
            : found(Symptom.LOADER_NEVER_ASKED).with("file", file).by(last));
  }

  private static boolean isScript(String file) {
    return file.startsWith("http") && file.endsWith(".ipxe");
  }

  static Diagnosis noScript(Case boot, BootEvent last) {
    return found(Symptom.SCRIPT_NEVER_ASKED)
        .with("address", address(last))
        .with("port", boot.around().httpPort())
        .by(last);
  }
}
