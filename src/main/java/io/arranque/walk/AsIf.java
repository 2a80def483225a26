package io.arranque.walk;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The inventory as if some machines were otherwise, so that two may change names in one commit.
 *
 * @param otherwise these machines, by the MACs they are known by
 */
record AsIf(Inventory base, Map<Mac, Machine> otherwise) implements Inventory {
  @Override
  public Optional<Machine> machine(Mac mac) {
    return Optional.ofNullable(otherwise.get(base.key(mac))).or(() -> base.machine(mac));
  }

  @Override
  public Mac key(Mac mac) {
    return base.key(mac);
  }

  @Override
  public Set<Mac> macs(Mac machine) {
    return base.macs(machine);
  }

  @Override
  public Collection<Machine> machines() {
    return base.machines().stream().map(m -> otherwise.getOrDefault(m.mac(), m)).toList();
  }

  @Override
  public Optional<Room> room(String name) {
    return base.room(name);
  }

  @Override
  public Collection<Room> rooms() {
    return base.rooms();
  }

  @Override
  public Collection<RoomLock> locks() {
    return base.locks();
  }

  @Override
  public Optional<Boot> boot(Mac mac) {
    return base.boot(mac);
  }

  @Override
  public Optional<Boot> bootAt(Ipv4 address) {
    return base.bootAt(address);
  }
}
