package io.arranque.plan;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Room;
import io.arranque.inventory.RoomLock;
import java.util.Collection;
import java.util.Optional;

/**
 * What somebody asks of a machine that is not so: "what would it get as a worker in room 5?" Also
 * of a machine that does not exist.
 *
 * @param role its role; {@code -} stands for none; empty: as it is
 * @param room its room; likewise
 * @param hostname its host name; empty: as it is
 */
public record Supposition(Optional<String> role, Optional<String> room, Optional<String> hostname) {
  public static final Supposition NOTHING =
      new Supposition(Optional.empty(), Optional.empty(), Optional.empty());

  private static final String NONE = "-";

  /** The inventory as if it were so; the inventory itself stays as it is. */
  public Inventory about(Mac mac, Inventory inventory) {
    return equals(NOTHING) ? inventory : new Supposed(inventory, supposed(mac, inventory));
  }

  private Machine supposed(Mac mac, Inventory inventory) {
    Machine machine = inventory.machine(mac).orElseGet(() -> Machine.unknown(mac));
    Assignment is = machine.assignment();
    return machine.with(
        new Assignment(
            hostname.or(is::hostname),
            changed(room, is.room()),
            is.seat(),
            changed(role, is.role()),
            is.vars(),
            is.options(),
            is.reservation(),
            is.policy()));
  }

  private static Optional<String> changed(Optional<String> supposed, Optional<String> is) {
    return supposed.isEmpty() ? is : supposed.filter(word -> !word.equals(NONE));
  }

  private record Supposed(Inventory real, Machine one) implements Inventory {
    @Override
    public Optional<Machine> machine(Mac mac) {
      return mac.equals(one.mac()) ? Optional.of(one) : real.machine(mac);
    }

    @Override
    public Collection<Machine> machines() {
      return real.machines();
    }

    @Override
    public Optional<Room> room(String name) {
      return real.room(name);
    }

    @Override
    public Collection<Room> rooms() {
      return real.rooms();
    }

    @Override
    public Collection<RoomLock> locks() {
      return real.locks();
    }

    @Override
    public Optional<Boot> boot(Mac mac) {
      return real.boot(mac);
    }

    @Override
    public Optional<Boot> bootAt(Ipv4 address) {
      return real.bootAt(address);
    }
  }
}
