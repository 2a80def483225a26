package io.arranque.http;

import io.arranque.address.Mac;
import io.arranque.site.DownloadSettings.WaitKey;
import io.arranque.timeline.Reason;
import java.util.Optional;

/** What a machine asks of the boot plane, parsed; names in it are safe to resolve in a folder. */
sealed interface BootRequest {

  /** The script that gathers what iPXE knows. */
  record FirstScript() implements BootRequest {}

  /**
   * The machine's own script.
   *
   * @param waiting whether it has already shown its name and now waits for a role
   * @param pressed the key that somebody pressed there while it waited for its turn
   * @param pairing what its script sends along while its screen shows a code
   */
  record MachineScript(
      Mac mac, Facts facts, boolean waiting, Optional<WaitKey> pressed, Optional<String> pairing)
      implements BootRequest {

    MachineScript(Mac mac, Facts facts, boolean waiting, Optional<WaitKey> pressed) {
      this(mac, facts, waiting, pressed, Optional.empty());
    }
  }

  /**
   * @param file path below the image's folder, {@code /} between names
   */
  record ImageFile(String image, String file) implements BootRequest {}

  /**
   * @param name path below {@code tftp/}
   */
  record LoaderFile(String name) implements BootRequest {}

  /**
   * @param head whether only what is said before it is asked for
   */
  record Document(Mac mac, String nonce, String name, boolean head) implements BootRequest {}

  /** The machine's initrd overlay. */
  record Overlay(Mac mac, String nonce, boolean head) implements BootRequest {}

  record PhoneHome(Mac mac, String nonce) implements BootRequest {}

  /** What HTTPS clients have to trust. */
  record AuthorityCertificate() implements BootRequest {}

  /**
   * Not served.
   *
   * @param status of HTTP
   * @param detail what in particular; may be empty
   * @param allow the methods that would be served, for a 405; else empty
   */
  record Refused(int status, Reason reason, String detail, String allow) implements BootRequest {
    /** Of a path that is none of ours; then the path is the detail. */
    boolean isNoFile() {
      return reason == Reason.FILE_MISSING && !detail.isEmpty();
    }
  }

  /** Not served, but iPXE is waiting for a script: it gets one that says why. */
  record ScriptRefused(Reason reason, String detail) implements BootRequest {}
}
