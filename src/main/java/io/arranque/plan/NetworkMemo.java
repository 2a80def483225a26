package io.arranque.plan;

import io.arranque.inventory.OptionLines;
import io.arranque.inventory.Room;
import io.arranque.site.Role;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Gives what {@link BootPlan#network} gives, without merging it anew for each packet: a thousand
 * PCs of a room differ in their names alone. Kept by the very objects it was made from, so that a
 * changed file, role or room is never answered with what it was. Thread-safe.
 */
public final class NetworkMemo {
  /** Segments times roles times rooms of any campus; beyond it nothing new is kept. */
  private static final int MOST = 1024;

  private final AtomicReference<@Nullable OfSite> kept = new AtomicReference<>();

  private record Place(String segment, String role, String room) {}

  private record Entry(
      Segment segment, Optional<Role> role, OptionLines ofRoom, NetworkOptions.Shared shared) {

    @SuppressWarnings("ReferenceEquality") // comparing all of them is dearer than merging
    private boolean isOf(Segment here, Optional<Role> its, OptionLines lines) {
      return segment == here && role.orElse(null) == its.orElse(null) && ofRoom == lines;
    }
  }

  private record OfSite(Site site, Map<Place, Entry> entries) {
    OfSite(Site site) {
      this(site, new ConcurrentHashMap<>());
    }

    @SuppressWarnings("ReferenceEquality") // a reload makes a new site
    private boolean isOf(Site other) {
      return site == other;
    }
  }

  /** What DHCP tells the plan's machine of its network. */
  public NetworkOptions of(BootPlan plan) {
    Optional<Segment> segment = plan.reach().segment();
    if (segment.isEmpty() || !plan.machine().assignment().options().settings().isEmpty()) {
      return NetworkOptions.of(plan);
    }
    return shared(plan, segment.get()).named(plan.hostname());
  }

  private NetworkOptions.Shared shared(BootPlan plan, Segment segment) {
    Optional<Role> role = plan.role().map(Planned::value);
    Optional<Room> room = plan.room().map(Planned::value);
    OptionLines ofRoom = room.map(Room::options).orElse(OptionLines.NONE);
    Place place =
        new Place(segment.name(), role.map(Role::name).orElse(""), room.map(Room::name).orElse(""));
    Map<Place, Entry> entries = of(plan.site()).entries();
    Entry entry = entries.get(place);
    if (entry != null && entry.isOf(segment, role, ofRoom)) {
      return entry.shared();
    }
    NetworkOptions.Shared made =
        NetworkOptions.Shared.of(plan.site(), segment, plan.role(), plan.room());
    if (entry != null || entries.size() < MOST) {
      entries.put(place, new Entry(segment, role, ofRoom, made));
    }
    return made;
  }

  private OfSite of(Site site) {
    OfSite present = kept.get();
    if (present != null && present.isOf(site)) {
      return present;
    }
    OfSite fresh = new OfSite(site);
    kept.set(fresh);
    return fresh;
  }
}
