package io.arranque.http;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.http.BootsUnderWay.Begun;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The inventory, but the booting machine and its room are as they were when its boot began.
 *
 * @param begun null when that is no longer known: then at least the role is the boot's
 */
record AsBooted(Inventory inventory, Boot boot, @Nullable Begun begun) implements Inventory {
  @Override
  public Optional<Machine> machine(Mac mac) {
    Optional<Machine> machine = inventory.machine(mac);
    if (!inventory.key(mac).equals(boot.mac())) {
      return machine;
    }
    Machine booting = machine.orElseGet(() -> Machine.unknown(boot.mac()));
    Assignment assignment = begun == null ? booting.assignment() : begun.assignment();
    return Optional.of(booting.with(assignment.withRole(Optional.of(boot.role()))));
  }

  @Override
  public Mac key(Mac mac) {
    return inventory.key(mac);
  }

  @Override
  public Set<Mac> macs(Mac machine) {
    return inventory.macs(machine);
  }

  @Override
  public Collection<Machine> machines() {
    return inventory.machines();
  }

  @Override
  public Optional<Room> room(String name) {
    Optional<Room> then = begun == null ? Optional.empty() : begun.room();
    return then.isPresent() && then.get().name().equals(name) ? then : inventory.room(name);
  }

  @Override
  public Collection<Room> rooms() {
    return inventory.rooms();
  }

  @Override
  public Collection<RoomLock> locks() {
    return inventory.locks();
  }

  @Override
  public Optional<Boot> boot(Mac mac) {
    return inventory.boot(mac);
  }

  @Override
  public Optional<Boot> bootAt(Ipv4 address) {
    return inventory.bootAt(address);
  }
}
