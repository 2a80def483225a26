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

  private static final Pattern COMMAND = Pattern.compile("[$|;]|&&+");

  static Facts of(Map<String, String> query) {
    Optional<Firmware> firmware =
        Firmware.ofIpxe(query.getOrDefault("platform", ""), query.getOrDefault("buildarch", ""));
    Hardware hardware =
        new Hardware(
            text(query, "uuid").filter(t -> UUID_TEXT.matcher(t).matches()).map(UUID::fromString),
            text(query, "serial"),
            text(query, "manufacturer"),
            text(query, "product"),
            firmware.map(Firmware::label),
            Sizes.memory(query.getOrDefault("memory", "")),
            Sizes.cpus(query.getOrDefault("cpus", "")));
    return new Facts(hardware, firmware);
  }

  Client client(Mac mac) {
    return new Client(mac, Client.Kind.IPXE, firmware.map(Firmware::architecture), hardware);
  }

  /**
   * Shown by scripts, in which iPXE takes {@code ||}, {@code &&} and {@code ;} for the end of a
   * command and a dollar sign for an expansion; and anybody may tell us this in another's name.
   */
  private static Optional<String> text(Map<String, String> query, String name) {
    // Invisible characters go first: one inside an && would hide it until it is gone.
    String told = MachineText.line(query.getOrDefault(name, ""), MAX_LENGTH);
    String harmless = COMMAND.matcher(told).replaceAll(" ");
    return Optional.of(MachineText.line(harmless, MAX_LENGTH)).filter(text -> !text.isEmpty());
  }
}
