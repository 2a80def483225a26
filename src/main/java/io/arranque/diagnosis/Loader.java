package io.arranque.diagnosis;

import static io.arranque.diagnosis.Diagnosis.found;

import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.timeline.Unfinished;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Of a machine that began to fetch its loader. */
final class Loader {
  /** Below that TFTP's blocks pass wherever IP does. */
  private static final int SMALL_BLOCK = 512;

  private static final Duration FETCHED_AGAIN_WITHIN = Duration.ofSeconds(15);

  /** iPXE looks for its card and waits for the link; under UEFI also for IPv6. */
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(45);

  private static final Duration TAKES_OFFER_WITHIN = Duration.ofSeconds(30);

  private static final Duration SCRIPT_WITHIN = Duration.ofSeconds(15);

  private Loader() {}

  static Optional<Diagnosis> judge(Case boot) {
    List<BootEvent> loaders = boot.all(e -> e.stage() == Stage.LOADER);
    Optional<BootEvent> whole =
        loaders.stream().filter(Loader::isWhole).reduce((before, after) -> after);
    BootEvent last = loaders.get(loaders.size() - 1);
    // Firmware that fails by TFTP tries HTTP, or breaks the next attempt off: the first says why.
    BootEvent telling =
        loaders.stream().filter(Loader::isTimedOut).reduce((before, after) -> after).orElse(last);
    return whole.isPresent() ? afterwards(boot, whole.get()) : broken(boot, telling);
  }

  private static boolean isTimedOut(BootEvent event) {
    return event.reason() == Reason.TRANSFER_TIMED_OUT && Unfinished.of(event.detail()).isPresent();
  }

  /** A transfer of which only the last acknowledgement is missing has arrived. */
  private static boolean isWhole(BootEvent event) {
    return event.reason() == Reason.OK
        || Unfinished.of(event.detail())
            .filter(u -> u.words().startsWith("all was sent"))
            .isPresent();
  }

  private static Optional<Diagnosis> broken(Case boot, BootEvent event) {
    if (event.reason() == Reason.FILE_MISSING || event.reason() == Reason.OUTSIDE_FOLDER) {
      return Optional.of(
          found(Symptom.LOADER_NOT_FOUND).with("file", Failures.file(event.detail())).by(event));
    }
    Optional<Unfinished> read = Unfinished.of(event.detail());
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Unfinished far = read.get();
    if (far.blockSize() == 0) {
      return Optional.of(Images.brokeOff(event));
    }
    if (event.reason() == Reason.TRANSFER_ABORTED) {
      // UEFI learns the size so, and asks again.
      return far.done() == 0 && !boot.quiet(FETCHED_AGAIN_WITHIN)
          ? Optional.empty()
          : Optional.of(
              found(Symptom.LOADER_GIVEN_UP)
                  .with("file", far.file())
                  .with("words", far.words())
                  .by(event));
    }
    if (far.words().contains("never answered")) {
      return Optional.of(found(Symptom.LOADER_UNANSWERED).with("file", far.file()).by(event));
    }
    boolean large = far.done() == 0 && far.blockSize() > SMALL_BLOCK;
    return Optional.of(
        found(large ? Symptom.LOADER_BLOCKS_LOST : Symptom.LOADER_STOPPED)
            .with("file", far.file())
            .with("block", far.done())
            .with("blocks", far.whole())
            .with("size", far.blockSize())
            .by(event));
  }

  private static Optional<Diagnosis> afterwards(Case boot, BootEvent loader) {
    List<BootEvent> dhcp =
        boot.after(loader).stream().filter(Address::isDhcp).filter(Loader::isLoaders).toList();
    boolean asked = dhcp.stream().anyMatch(e -> e.stage() == Stage.DISCOVER);
    if (!asked) {
      return boot.quiet(STARTS_WITHIN) || !boot.after(loader).isEmpty()
          ? notStarted(boot, loader)
          : Optional.empty();
    }
    Optional<Diagnosis> silenced = Address.silenced(dhcp, boot.around());
    if (silenced.isPresent()) {
      return silenced;
    }
    BootEvent last = dhcp.get(dhcp.size() - 1);
    if (last.stage() == Stage.ACK || isProxied(boot, last)) {
      return boot.quiet(SCRIPT_WITHIN)
          ? Optional.of(Address.noScript(boot, last))
          : Optional.empty();
    }
    Optional<String> chosen = boot.chosen(dhcp);
    if (chosen.isPresent()) {
      return Optional.of(found(Symptom.LOADER_LOST_ADDRESS).with("server", chosen.get()).by(dhcp));
    }
    return Address.asks(dhcp) >= 3 || boot.quiet(TAKES_OFFER_WITHIN)
        ? Optional.of(found(Symptom.LOADER_NO_ADDRESS).with("asks", Address.asks(dhcp)).by(dhcp))
        : Optional.empty();
  }

  /** The ROM that goes round again says PXE, the loader says iPXE. */
  private static boolean isLoaders(BootEvent event) {
    return event.stage() != Stage.DISCOVER || event.detail().startsWith("iPXE");
  }

  private static boolean isProxied(Case boot, BootEvent last) {
    return boot.around().dhcp() == Circumstances.Dhcp.PROXY && last.stage() == Stage.REQUEST;
  }

  private static Optional<Diagnosis> notStarted(Case boot, BootEvent loader) {
    boolean moreFiles = boot.after(loader).stream().anyMatch(e -> e.stage() == Stage.LOADER);
    boolean romAgain =
        boot.after(loader).stream()
            .anyMatch(e -> e.stage() == Stage.DISCOVER && e.reason() == Reason.OK);
    if (!boot.quiet(STARTS_WITHIN) && (moreFiles || !romAgain)) {
      return Optional.empty();
    }
    boolean uefi = boot.around().uefi().orElseGet(() -> loader.detail().endsWith(".efi"));
    return Optional.of(
        found(uefi ? Symptom.LOADER_NOT_STARTED_UEFI : Symptom.LOADER_NOT_STARTED_BIOS)
            .with("file", loader.detail())
            .by(loader));
  }
}
