package io.arranque.exchange;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryView;
import io.arranque.inventory.Machine;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which machine would have which name and address when all of a file were done. A row is judged
 * against this and not against the present state or the rows above it: two machines may swap their
 * names, in whatever order they stand.
 */
final class Claims {
  private final Inventory base;
  private final Map<String, Set<Mac>> names = new HashMap<>();
  private final Map<Ipv4, Set<Mac>> addresses = new HashMap<>();

  /** What one machine claims. */
  record Claim(Optional<String> name, Optional<Ipv4> address) {
    static final Claim NOTHING = new Claim(Optional.empty(), Optional.empty());

    static Claim of(Machine machine) {
      return new Claim(Optional.of(machine.hostname()), machine.assignment().reservation());
    }
  }

  Claims(Inventory base) {
    this.base = base;
    base.machines().forEach(machine -> claim(machine.mac(), Claim.of(machine)));
  }

  Claim present(Mac mac) {
    return base.machine(mac).map(Claim::of).orElse(Claim.NOTHING);
  }

  void move(Mac mac, Claim from, Claim to) {
    from.name().ifPresent(name -> leave(names, folded(name), mac));
    from.address().ifPresent(address -> leave(addresses, address, mac));
    claim(mac, to);
  }

  private void claim(Mac mac, Claim claim) {
    claim.name().ifPresent(name -> join(names, folded(name), mac));
    claim.address().ifPresent(address -> join(addresses, address, mac));
  }

  /** Who claims anything of that too. */
  Set<Mac> rivals(Claim claim) {
    Set<Mac> rivals = new HashSet<>();
    claim.name().ifPresent(name -> rivals.addAll(named(name)));
    claim.address().ifPresent(a -> rivals.addAll(addresses.getOrDefault(a, Set.of())));
    return rivals;
  }

  Set<Mac> named(String name) {
    return names.getOrDefault(folded(name), Set.of());
  }

  Set<Mac> at(Ipv4 address) {
    return addresses.getOrDefault(address, Set.of());
  }

  /** RFC 4343: names that differ in case only are the same name. */
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static <K> void join(Map<K, Set<Mac>> index, K key, Mac mac) {
    index.computeIfAbsent(key, k -> new HashSet<>()).add(mac);
  }

  private static <K> void leave(Map<K, Set<Mac>> index, K key, Mac mac) {
    index.getOrDefault(key, new HashSet<>()).remove(mac);
  }

  /** The inventory as the rules are to see it when they judge this machine's row. */
  Inventory seenBy(Mac mac) {
    return new Seen(mac);
  }

  /** Itself as it is, the others as they would be. */
  private final class Seen extends InventoryView {
    private final Mac mac;

    Seen(Mac mac) {
      super(base);
      this.mac = mac;
    }

    @Override
    public Collection<Mac> machinesNamed(String hostname) {
      return named(hostname);
    }

    @Override
    public Optional<Mac> reservedAt(Ipv4 address) {
      return at(address).stream().filter(other -> !other.equals(mac)).sorted().findFirst();
    }
  }
}
