package io.arranque.inventory;

import io.arranque.address.Mac;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What happens to any of a machine's cards stands on the machine's one timeline. */
public record MachineTimeline(Timeline timeline, Inventory inventory) implements Timeline {
  @Override
  public void record(BootEvent event) {
    Mac key = inventory.key(event.mac());
    timeline.record(
        key.equals(event.mac())
            ? event
            : new BootEvent(
                event.at(),
                key,
                event.stage(),
                event.reason(),
                event.address(),
                event.detail(),
                event.bytes(),
                event.took()));
  }

  @Override
  public List<BootEvent> of(Mac mac, int limit) {
    return timeline.of(inventory.key(mac), limit);
  }

  @Override
  public Optional<BootEvent> last(Mac mac) {
    return timeline.last(inventory.key(mac));
  }

  @Override
  public Runnable subscribe(Consumer<BootEvent> listener) {
    return timeline.subscribe(listener);
  }
}
