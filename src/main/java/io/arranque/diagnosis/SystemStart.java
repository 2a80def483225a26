package io.arranque.diagnosis;

import static io.arranque.diagnosis.Diagnosis.found;

import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Of a machine whose kernel and initrd are fetched: its system starts, or does not. */
final class SystemStart {
  /** A system that has an address asks for its documents next. */
  private static final Duration ASKS_WITHIN = Duration.ofSeconds(30);

  private static final Duration LEAST = Duration.ofSeconds(60);
  private static final Duration USUAL = Duration.ofMinutes(2);
  private static final Duration MOST = Duration.ofMinutes(8);

  /** A compressed initrd unpacks to about thrice its size, and the system needs room to run. */
  private static final int UNPACKED = 4;

  private static final long SYSTEM_MIB = 128;

  private SystemStart() {}

  static Optional<Diagnosis> judge(Case boot, BootEvent loaded) {
    Optional<Diagnosis> refused = refused(boot, loaded);
    if (refused.isPresent()) {
      return refused;
    }
    List<BootEvent> dhcp =
        boot.after(loaded).stream()
            .filter(e -> Address.isDhcp(e) && e.reason() != Reason.OVERLOADED)
            .toList();
    if (!dhcp.isEmpty()) {
      return addressed(boot, dhcp);
    }
    if (!boot.quiet(boot.patience(Stage.CLOUD_CONFIG, LEAST, USUAL, MOST))) {
      return Optional.empty();
    }
    return Images.otherMissing(boot)
        .or(() -> tooLittleMemory(boot, loaded))
        .or(() -> Optional.of(silent(boot, loaded)));
  }

  /** Its documents were asked for, and not given. */
  static Optional<Diagnosis> refused(Case boot, BootEvent after) {
    Optional<BootEvent> asked =
        boot.after(after).stream()
            .filter(e -> e.stage() == Stage.CLOUD_CONFIG)
            .reduce((before, last) -> last);
    return asked.flatMap(
        e ->
            switch (e.reason()) {
              case OTHER_ADDRESS, CLAIM_FROM_ELSEWHERE ->
                  Optional.of(
                      found(Symptom.SYSTEM_OTHER_ADDRESS)
                          .with("address", e.address().map(Object::toString).orElse("?"))
                          .by(e));
              case NONCE_UNKNOWN, NONCE_EXPIRED ->
                  Optional.of(
                      found(Symptom.DOCUMENT_OF_OLD_BOOT).with("document", e.detail()).by(e));
              case DOCUMENT_UNKNOWN ->
                  Optional.of(found(Symptom.DOCUMENT_UNKNOWN).with("document", e.detail()).by(e));
              default -> Optional.empty();
            });
  }

  private static Optional<Diagnosis> addressed(Case boot, List<BootEvent> dhcp) {
    BootEvent last = dhcp.get(dhcp.size() - 1);
    Optional<Diagnosis> silenced = Address.silenced(dhcp, boot.around());
    if (silenced.isPresent()) {
      return silenced;
    }
    Optional<String> chosen = boot.chosen(dhcp);
    if (chosen.isPresent() && last.stage() != Stage.ACK) {
      return Optional.of(found(Symptom.SYSTEM_LOST_ADDRESS).with("server", chosen.get()).by(dhcp));
    }
    return last.stage() == Stage.ACK && boot.quiet(ASKS_WITHIN)
        ? Images.otherMissing(boot).or(() -> Optional.of(noDocuments(boot, last)))
        : Optional.empty();
  }

  private static Diagnosis noDocuments(Case boot, BootEvent last) {
    return found(Symptom.SYSTEM_NO_DOCUMENTS)
        .with("address", last.address().map(Object::toString).orElse("?"))
        .with("port", boot.around().httpPort())
        .by(last);
  }

  private static Optional<Diagnosis> tooLittleMemory(Case boot, BootEvent loaded) {
    long initrd =
        boot.all(e -> e.stage() == Stage.INITRD && e.reason() == Reason.OK).stream()
            .mapToLong(BootEvent::bytes)
            .sum();
    return boot.around()
        .memory()
        .filter(mib -> mib < initrd * UNPACKED / (1 << 20) + SYSTEM_MIB)
        .map(
            mib ->
                found(Symptom.SYSTEM_NO_MEMORY)
                    .with("memory", mib)
                    .octets("initrd", initrd)
                    .by(loaded));
  }

  private static Diagnosis silent(Case boot, BootEvent loaded) {
    return found(Symptom.SYSTEM_NO_ADDRESS)
        .by(boot.all(e -> e.stage() == Stage.KERNEL || e.equals(loaded)));
  }
}
