package io.arranque.http;

import io.arranque.http.BootsUnderWay.Begun;
import io.arranque.inventory.Boot;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Room;
import io.arranque.inventory.WithMachines;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The inventory, but the booting machine and its room are as they were when its boot began. */
final class AsBooted extends WithMachines {
  private final Optional<Room> then;

  /**
   * @param begun null when that is no longer known: then at least the role is the boot's
   */
  AsBooted(Inventory inventory, Boot boot, @Nullable Begun begun) {
    super(inventory, booting(inventory, boot, begun));
    this.then = begun == null ? Optional.empty() : begun.room();
  }

  private static Machine booting(Inventory inventory, Boot boot, @Nullable Begun begun) {
    Machine booting = inventory.machine(boot.mac()).orElseGet(() -> Machine.unknown(boot.mac()));
    Assignment assignment = begun == null ? booting.assignment() : begun.assignment();
    return booting.with(assignment.withRole(Optional.of(boot.role())));
  }

  @Override
  public Optional<Room> room(String name) {
    return then.filter(room -> room.name().equals(name)).or(() -> super.room(name));
  }

  @Override
  public Collection<Room> rooms() {
    return super.rooms().stream().map(room -> room(room.name()).orElse(room)).toList();
  }
}
