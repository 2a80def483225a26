package io.arranque.plan;

import io.arranque.downloads.Standing;
import io.arranque.site.DownloadSettings.WaitKey;
import io.arranque.site.Script;
import io.arranque.site.Site;
import java.util.Map;

/**
 * The script of a machine whose turn to download has not come. A site may bring its own, {@code
 * ipxe-scripts/wait.ipxe}; sites that were made before there was a queue have none.
 */
final class WaitScript {
  static final String NAME = "wait";

  /**
   * English and Spanish, in ASCII: nobody knows who sits there, and a text console has no more. A
   * prompt knows one key only, so there is one for each. Once it cannot ask, it goes on asking: an
   * appliance that is being restarted must not strand a room.
   */
  private static final Script BUILT_IN =
      new Script(
          NAME,
          "the built-in wait.ipxe",
          """
          #!ipxe
          set ask {{ boot.url }}/ipxe?mac=${netX/mac:hexhyp}&uuid=${uuid}&serial=${serial:uristring}&manufacturer=${manufacturer:uristring}&product=${product:uristring}&buildarch=${buildarch}&platform=${platform}&asset=${asset:uristring}
          echo
          echo   {{ machine.hostname }} waits: other machines are loading. It goes on by itself.
          echo   {{ queue.ordinal }} of {{ queue.waiting }}{% if queue.minutes > 0 %}, about {{ queue.minutes }} min{% endif %}.
          echo   Esperando su turno: {{ queue.place }} de {{ queue.waiting }}{% if queue.minutes > 0 %}, unos {{ queue.minutes }} min{% endif %}. Sigue solo.
          {% if queue.localDisk %}
          prompt --key d --timeout {{ queue.keyMillis }}   D = own disk / disco propio && goto disk ||
          {% endif %}
          {% if queue.skip %}
          prompt --key s --timeout {{ queue.keyMillis }}   S = do not wait / no esperar && goto skip ||
          {% endif %}
          {% if not queue.localDisk and not queue.skip %}
          sleep {{ queue.seconds }}
          {% endif %}

          :ask
          chain --replace ${ask} ||
          echo   The appliance does not answer. Asking again in 5 seconds.
          sleep 5
          goto ask
          {% if queue.skip %}

          :skip
          chain --replace ${ask}&skip=1 || goto ask
          {% endif %}
          {% if queue.localDisk %}

          :disk
          chain --replace ${ask}&disk=1 || exit 1
          {% endif %}
          """);

  /** For somebody to read what the keys are and press one. */
  private static final long KEY_MILLIS = 4_000;

  private WaitScript() {}

  static Script of(Site site) {
    return site.scripts().getOrDefault(NAME, BUILT_IN);
  }

  /** What templates see under {@code queue}. */
  static Map<String, Object> queue(BootPlan plan) {
    Standing standing = plan.standing();
    long seconds = Math.max(1, standing.askAgain().toSeconds());
    var keys = plan.site().settings().downloads().keys();
    return Map.of(
        "place", standing.place(),
        "ordinal", ordinal(standing.place()),
        "waiting", standing.waiting(),
        "minutes", standing.estimate().map(e -> (e.toSeconds() + 59) / 60).orElse(0L),
        "seconds", seconds,
        "keyMillis", Math.max(seconds * 1000, KEY_MILLIS) / Math.max(1, keys.size()),
        "localDisk", keys.contains(WaitKey.LOCAL_DISK),
        "skip", keys.contains(WaitKey.SKIP));
  }

  private static String ordinal(int number) {
    int tens = number / 10 % 10;
    String ending =
        tens == 1
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + ending;
  }
}
