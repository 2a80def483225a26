package io.arranque.exchange;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import java.util.Collection;
import java.util.Optional;

/** An inventory as it is, but for what a subclass says otherwise. */
class Overlay implements Inventory {
  private final Inventory base;

  Overlay(Inventory base) {
    this.base = base;
  }

  @Override
  public Optional<Machine> machine(Mac mac) {
    return base.machine(mac);
  }

  @Override
  public Collection<Machine> machines() {
    return base.machines();
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
