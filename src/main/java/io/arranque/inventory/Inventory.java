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
 * Read view of everything known about machines and rooms. Never waits for a database.
 *
 * <p>Nothing here has a default, so that the compiler asks {@link InventoryView} for each new
 * question: one that a view did not pass on would be answered wrongly, and silently.
 */
public interface Inventory {
  /** By any of its MACs. */
  Optional<Machine> machine(Mac mac);

  /**
   * The MAC by which the machine is known whose MAC this is; the MAC itself when it is no other's.
   */
  Mac key(Mac mac);

  /** The further MACs of the machine known by this one. */
  Set<Mac> macs(Mac machine);

  /** Whether people said that the MAC is not this machine's. */
  boolean isApart(Mac mac, Mac machine);

  /** The machines that say they have this serial number: one, but for boards that share theirs. */
  Collection<Mac> machinesWithSerial(String serial);

  /** All machines, ordered by MAC. */
  Collection<Machine> machines();

  /** The machines that say they have this UUID: one, but for boards that share theirs. */
  Collection<Mac> machinesWith(UUID uuid);

  /** The machines with this host name, in whatever case; made-up names count as well. */
  Collection<Mac> machinesNamed(String hostname);

  /** How many machines there are. */
  int count();

  Optional<Room> room(String name);

  /** All rooms, ordered by name. */
  Collection<Room> rooms();

  /** Which rooms people want left alone; some may have ended by themselves. */
  Collection<RoomLock> locks();

  /**
   * The lock in force over what stands in a room; of several the one that ends last.
   *
   * @param room empty: what stands in none
   */
  Optional<RoomLock> lock(Optional<String> room, Instant now);

  /** The machine's present boot. */
  Optional<Boot> boot(Mac mac);

  /** The newest boot whose machine has this address: tells whose download an anonymous GET is. */
  Optional<Boot> bootAt(Ipv4 address);

  /**
   * For which machine people have reserved this address; those of the site's files are not here.
   */
  Optional<Mac> reservedAt(Ipv4 address);

  /** The addresses that people have reserved, and for whom. */
  Map<Ipv4, Mac> reservations();

  /**
   * The machine that uses this address. A lease moves on in time, so of several the one seen last.
   */
  Optional<Machine> machineAt(Ipv4 address);
}
