package io.arranque.http;

import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.plan.Client;
import io.arranque.plan.Firmware;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What iPXE said of the machine in the query.
 *
 * @param firmware empty when it named a platform for which there is no loader
 */
record Facts(Hardware hardware, Optional<Firmware> firmware) {
  private static final int MAX_LENGTH = 64;

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  static Facts of(Map<String, String> query) {
    Optional<Firmware> firmware =
        Firmware.ofIpxe(query.getOrDefault("platform", ""), query.getOrDefault("buildarch", ""));
    Hardware hardware =
        new Hardware(
            text(query, "uuid").filter(t -> UUID_TEXT.matcher(t).matches()).map(UUID::fromString),
            text(query, "serial"),
            text(query, "manufacturer"),
            text(query, "product"),
            firmware.map(Firmware::label));
    return new Facts(hardware, firmware);
  }

  Client client(Mac mac) {
    return new Client(mac, Client.Kind.IPXE, firmware.map(Firmware::architecture), hardware);
  }

  private static Optional<String> text(Map<String, String> query, String name) {
    return Optional.of(MachineText.line(query.getOrDefault(name, ""), MAX_LENGTH))
        .filter(text -> !text.isEmpty());
  }
}
