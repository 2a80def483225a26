package io.arranque.plan;

import io.arranque.inventory.RoomLock;
import io.arranque.site.Script;
import io.arranque.site.Site;
import io.arranque.timeline.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The script of a machine that was to be installed, in a room that is locked. A site may bring its
 * own, {@code ipxe-scripts/locked.ipxe}.
 */
final class LockedScript {
  static final String NAME = "locked";

  private static final int MAX_TEXT = 60;

  /** People's words go to a script that is executed line by line: nothing that iPXE expands. */
  private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9 .,:;/()_@+-]");

  /**
   * English and Spanish, in ASCII, as nobody knows who sits there. It asks anew each 15 seconds, so
   * it goes on soon after the lock has ended. The key is always offered: whoever sits there may
   * know of a system that we do not, and could choose the disk in the firmware's menu as well.
   */
  private static final Script BUILT_IN =
      new Script(
          NAME,
          "the built-in locked.ipxe",
          """
          #!ipxe
          set ask {{ boot.url }}/ipxe?mac=${netX/mac:hexhyp}&uuid=${uuid}&serial=${serial:uristring}&manufacturer=${manufacturer:uristring}&product=${product:uristring}&buildarch=${buildarch}&platform=${platform}&asset=${asset:uristring}
          echo
          echo   {{ machine.hostname }} is not installed now: its room is locked by {{ lock.by }}{% if lock.why is not empty %} ({{ lock.why }}){% endif %}.
          echo   It goes on by itself when the lock ends, or when somebody lifts it.
          echo   La sala esta bloqueada: no se instala nada ahora. Sigue solo cuando termine.
          :ask
          prompt --key d --timeout 15000   D = own disk / disco propio && goto disk ||
          chain --replace ${ask}&wait=1 ||
          echo   The appliance does not answer. Asking again.
          goto ask

          :disk
          exit 1
          """);

  private LockedScript() {}

  static Script of(Site site) {
    return site.scripts().getOrDefault(NAME, BUILT_IN);
  }

  /** What templates see under {@code lock}. */
  static Map<String, Object> lock(BootPlan plan) {
    Optional<RoomLock> lock = plan.lock();
    return Map.of(
        "postpones", plan.ownDisk() == Reason.ROOM_LOCKED,
        "by", lock.map(l -> plain(l.by())).orElse(""),
        "why", lock.map(l -> plain(l.why())).orElse(""));
  }

  private static String plain(String text) {
    String plain = NOT_PLAIN.matcher(text).replaceAll(" ").strip();
    return plain.length() > MAX_TEXT ? plain.substring(0, MAX_TEXT) : plain;
  }
}
