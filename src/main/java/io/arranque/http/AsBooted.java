package io.arranque.http;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import java.util.Collection;
import java.util.Optional;

/** The inventory, but the booting machine has the role that its boot began with. */
record AsBooted(Inventory inventory, Boot boot) implements Inventory {
  @Override
  public Optional<Machine> machine(Mac mac) {
    Optional<Machine> machine = inventory.machine(mac);
    if (!mac.equals(boot.mac())) {
      return machine;
    }
    Machine booting = machine.orElseGet(() -> Machine.unknown(mac));
    return Optional.of(booting.with(booting.assignment().withRole(Optional.of(boot.role()))));
  }

  @Override
  public Collection<Machine> machines() {
    return inventory.machines();
  }

  @Override
  public Optional<Room> room(String name) {
    return inventory.room(name);
  }

  @Override
  public Collection<Room> rooms() {
    return inventory.rooms();
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
