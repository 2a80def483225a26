package io.arranque.http;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange.Provisioned;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** The inventory as it will be after this change, or as one request may see it. */
record WithProvisioning(Inventory inventory, Provisioned change) implements Inventory {
  @Override
  public Optional<Machine> machine(Mac mac) {
    Optional<Machine> machine = inventory.machine(mac);
    return mac.equals(change.mac()) ? machine.map(its -> its.with(change.provisioning())) : machine;
  }

  @Override
  public Collection<Machine> machines() {
    return inventory.machines();
  }

  @Override
  public Collection<Mac> machinesWith(UUID uuid) {
    return inventory.machinesWith(uuid);
  }

  @Override
  public int count() {
    return inventory.count();
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

  @Override
  public Optional<Machine> machineAt(Ipv4 address) {
    return inventory.machineAt(address);
  }
}
