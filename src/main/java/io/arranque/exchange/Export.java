package io.arranque.exchange;

import io.arranque.exchange.YamlWriter.Block;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.site.Site;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes machines and rooms. A secret is never in it. */
public final class Export {
  private Export() {}

  /**
   * @param format one that can be written
   * @param room only this room and the machines that people put there; empty: all
   * @throws IllegalArgumentException when the format cannot be written
   */
  public static String write(Format format, Site site, Inventory inventory, Optional<String> room) {
    Masks masks = Masks.of(site);
    List<MachineFields> machines =
        inventory.machines().stream()
            .filter(machine -> isIn(room, machine))
            .map(machine -> MachineFields.of(machine).masked(masks))
            .toList();
    return switch (format) {
      case CSV -> CsvWriter.write(machines);
      case YAML -> yaml(site, inventory, room, machines);
      case DHCPD -> HostsWriter.dhcpd(machines);
      case DNSMASQ -> HostsWriter.dnsmasq(machines);
      case ETHERS -> HostsWriter.ethers(machines);
      case ARP, DHCPD_LEASES, DNSMASQ_LEASES ->
          throw new IllegalArgumentException("only read: " + format.label());
    };
  }

  private static boolean isIn(Optional<String> room, Machine machine) {
    return room.isEmpty() || machine.assignment().room().equals(room);
  }

  private static String yaml(
      Site site, Inventory inventory, Optional<String> room, List<MachineFields> machines) {
    Masks masks = Masks.of(site);
    List<Block> rooms =
        inventory.rooms().stream()
            .filter(r -> room.isEmpty() || room.get().equals(r.name()))
            .map(r -> block(masks, r))
            .toList();
    List<Block> blocks =
        machines.stream().map(m -> Block.of(m.mac().toString(), m.fields())).toList();
    return YamlWriter.write(
        List.of(
            "Machines and rooms of " + site.settings().name(),
            "null clears a value, one that is not named stays; ******** is a secret that stays"),
        rooms,
        blocks);
  }

  private static Block block(Masks masks, Room room) {
    Map<String, String> fields = masks.masked(MachineFields.of(room));
    return Block.of(room.name(), fields);
  }
}
