package io.arranque.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values by name as places say them, the farthest first, and which of each is in force. The nearest
 * wins; what it overrides is kept, so that people can see why a value that they set is not used.
 */
final class Inheritance<K extends Comparable<K>, V> {
  private final SortedMap<K, List<Planned<V>>> said = new TreeMap<>();

  /** A place nearer than all so far. */
  void put(Map<K, ? extends V> values, Origin origin) {
    values.forEach((name, value) -> put(name, value, origin));
  }

  void put(K name, V value, Origin origin) {
    said.computeIfAbsent(name, none -> new ArrayList<>(2)).add(Planned.of(value, origin));
  }

  /** The value in force of each. */
  SortedMap<K, Planned<V>> inForce() {
    SortedMap<K, Planned<V>> inForce = new TreeMap<>();
    said.forEach((name, all) -> inForce.put(name, all.get(all.size() - 1)));
    return inForce;
  }

  /** What the value in force overrides, the nearest first; only where it overrides something. */
  SortedMap<K, List<Planned<V>>> overridden() {
    SortedMap<K, List<Planned<V>>> overridden = new TreeMap<>();
    said.forEach(
        (name, all) -> {
          List<Planned<V>> nearestFirst = new ArrayList<>();
          for (int i = all.size() - 2; i >= 0; i--) {
            nearestFirst.add(all.get(i));
          }
          if (!nearestFirst.isEmpty()) {
            overridden.put(name, List.copyOf(nearestFirst));
          }
        });
    return overridden;
  }
}
