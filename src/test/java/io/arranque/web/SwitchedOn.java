package io.arranque.web;

import io.arranque.address.Mac;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Layout;
import io.arranque.inventory.OptionLines;
import io.arranque.inventory.Room;
import io.arranque.inventory.Seat;
import io.arranque.inventory.Sighting;
import io.arranque.inventory.StoreFailure;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PCs, phones and rooms of a {@link World}, as the appliance would hear of them. */
final class SwitchedOn {
  private final World world;

  SwitchedOn(World world) {
    this.world = world;
  }

  static Mac pc(int number) {
    return new Mac(Mac.of("52:54:00:77:00:00").bits() + number);
  }

  /** Rows of four, numbered as people read. */
  static Room drawn(String name, int seats) {
    List<Seat> places = new ArrayList<>();
    for (int i = 0; i < seats; i++) {
      places.add(new Seat(Integer.toString(i + 1), i % 4 * 3, i / 4 * 3));
    }
    return new Room(name, "", Map.of(), OptionLines.NONE, new Layout(Layout.Front.TOP, places));
  }

  /** Its firmware asks DHCP, some time after whatever was before. */
  void boots(Mac mac, Duration later) throws StoreFailure {
    hears(mac, later, Reason.OK, Optional.of("uefi-x64"), "PXE uefi-x64");
  }

  /** A phone, or a laptop that somebody brought. */
  void asksForAnAddress(Mac mac, Duration later) throws StoreFailure {
    hears(mac, later, Reason.ADDRESS_ONLY, Optional.empty(), "android-dhcp-14");
  }

  private void hears(
      Mac mac, Duration later, Reason reason, Optional<String> firmware, String said)
      throws StoreFailure {
    world.now = world.now.plus(later);
    world.timeline.record(
        BootEvent.of(world.now, mac, Stage.DISCOVER, reason, Optional.empty(), said));
    // The sighting is written after the reply has left.
    Hardware hardware =
        new Hardware(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), firmware);
    Sighting sighting =
        new Sighting(mac, hardware, Optional.of("sala5"), Optional.empty(), world.now);
    world.book.commit(now -> List.of(new InventoryChange.Seen(sighting)));
  }
}
