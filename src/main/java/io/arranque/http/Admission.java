package io.arranque.http;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.http.BootAnswer.Text;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who may read a boot's documents: the machine itself, while it boots.
 *
 * @param life how long after its script a boot's documents are served
 */
record Admission(Duration life) {

  /** Why not, as the answer; empty when the request is the machine's own. */
  Optional<Text> refusal(
      Mac mac, String nonce, String name, BootSnapshot snapshot, Exchange exchange) {
    Inventory inventory = snapshot.inventory();
    Reason reason = reason(inventory, mac, nonce, exchange.client(), exchange.now());
    int status = status(reason);
    if (status == 200) {
      return Optional.empty();
    }
    Text refused = Text.refusal(status, reason, "");
    // Only of machines that are known: anybody can ask for any MAC, and each event is stored.
    return Optional.of(
        inventory.machine(mac).isEmpty()
            ? refused
            : refused.with(
                BootEvent.of(
                    exchange.now(),
                    mac,
                    Stage.CLOUD_CONFIG,
                    reason,
                    Optional.of(exchange.client()),
                    MachineText.line(name, 64))));
  }

  private Reason reason(Inventory inventory, Mac mac, String nonce, Ipv4 client, Instant now) {
    Optional<Boot> boot = inventory.boot(mac).filter(b -> same(b.nonce(), nonce));
    if (boot.isEmpty()) {
      return Reason.NONCE_UNKNOWN;
    }
    // The operating system may have got another address than the firmware, as its DHCP client
    // identifies itself differently; what DHCP last saw of the machine counts as well.
    boolean own =
        client.equals(boot.get().address())
            || inventory.machine(mac).flatMap(Machine::address).equals(Optional.of(client));
    if (!own) {
      return Reason.OTHER_ADDRESS;
    }
    return now.isAfter(boot.get().startedAt().plus(life)) ? Reason.NONCE_EXPIRED : Reason.OK;
  }

  private static int status(Reason reason) {
    if (reason == Reason.OK) {
      return 200;
    }
    if (reason == Reason.OTHER_ADDRESS) {
      return 403;
    }
    return reason == Reason.NONCE_EXPIRED ? 410 : 404;
  }

  /** In constant time, so that a nonce cannot be found out letter by letter. */
  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
