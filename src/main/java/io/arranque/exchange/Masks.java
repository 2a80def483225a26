package io.arranque.exchange;

import io.arranque.site.Site;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Secrets stay here: a file has a mask in their place, and a mask that comes back changes nothing.
 *
 * @param names of the variables that are secret, as files and as templates write them
 */
record Masks(Set<String> names) {
  /** The one that page, API and previews show. */
  static final String MASK = "********";

  static Masks of(Site site) {
    Set<String> names = new TreeSet<>();
    for (String name : site.secretNames()) {
      names.add(name);
      names.add(name.replace('-', '_'));
    }
    return new Masks(names);
  }

  boolean hides(String field) {
    return field.startsWith(Entry.VARS) && names.contains(field.substring(Entry.VARS.length()));
  }

  SortedMap<String, String> masked(Map<String, String> fields) {
    SortedMap<String, String> shown = new TreeMap<>();
    fields.forEach((name, value) -> shown.put(name, hides(name) ? MASK : value));
    return shown;
  }

  Optional<String> shown(String field, Optional<String> value) {
    return hides(field) ? value.map(text -> MASK) : value;
  }

  static boolean isMask(Map.Entry<String, Optional<String>> field) {
    return field.getKey().startsWith(Entry.VARS) && field.getValue().equals(Optional.of(MASK));
  }
}
