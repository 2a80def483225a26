package io.arranque.http;

/** The script for when no template can be used: built in, so that the PC's screen says why. */
final class LastResort {
  private static final int MAX_LINE = 200;

  private LastResort() {}

  /** Prints the message, waits half a minute and begins anew at {@code bootUrl}. */
  static String script(String message, String bootUrl) {
    return """
        #!ipxe
        echo
        echo Arranque: this machine cannot boot yet.
        echo %s
        echo It tries again every 30 seconds.
        :retry
        sleep 30
        chain --replace %s/boot.ipxe || goto retry
        """
        .formatted(harmless(message), bootUrl);
  }

  /**
   * Without what iPXE's shell acts upon: quotes, expansions, comments and the separators of
   * commands.
   */
  private static String harmless(String message) {
    return MachineText.line(message.replaceAll("[^A-Za-z0-9 .,:_/()=+@%-]", " "), MAX_LINE);
  }
}
