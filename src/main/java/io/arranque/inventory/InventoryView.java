package io.arranque.inventory;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An inventory as it is, but for what a subclass says otherwise. Every inventory "as if" is one of
 * these: none of them can forget a question that it has nothing to say to.
 */
public class InventoryView implements Inventory {
  private final Inventory base;

  protected InventoryView(Inventory base) {
    this.base = base;
  }

  @Override
  public Optional<Machine> machine(Mac mac) {
    return base.machine(mac);
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
  public boolean isApart(Mac mac, Mac machine) {
    return base.isApart(mac, machine);
  }

  @Override
  public Collection<Mac> machinesWithSerial(String serial) {
    return base.machinesWithSerial(serial);
  }

  @Override
  public Collection<Machine> machines() {
    return base.machines();
  }

  @Override
  public Collection<Mac> machinesWith(UUID uuid) {
    return base.machinesWith(uuid);
  }

  @Override
  public Collection<Mac> machinesNamed(String hostname) {
    return base.machinesNamed(hostname);
  }

  @Override
  public int count() {
    return base.count();
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
  public Optional<RoomLock> lock(Optional<String> room, Instant now) {
    return base.lock(room, now);
  }

  @Override
  public Optional<Boot> boot(Mac mac) {
    return base.boot(mac);
  }

  @Override
  public Optional<Boot> bootAt(Ipv4 address) {
    return base.bootAt(address);
  }

  @Override
  public Optional<Mac> reservedAt(Ipv4 address) {
    return base.reservedAt(address);
  }

  @Override
  public Map<Ipv4, Mac> reservations() {
    return base.reservations();
  }

  @Override
  public Optional<Machine> machineAt(Ipv4 address) {
    return base.machineAt(address);
  }
}
