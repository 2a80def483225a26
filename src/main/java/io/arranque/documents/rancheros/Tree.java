package io.arranque.documents.rancheros;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A cloud-config as a value: what {@link Emitter} writes. */
sealed interface Tree {

  /** Always quoted, so that no parser takes it for anything else. */
  record Text(String text) implements Tree {}

  /** A number or a yes or no, as it is written. */
  record Literal(String text) implements Tree {}

  record Items(List<Tree> items) implements Tree {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** In the order of writing. */
  record Entries(Map<String, Tree> entries) implements Tree {
    public Entries {
      entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    Optional<Tree> get(String key) {
      return Optional.ofNullable(entries.get(key));
    }
  }

  static Items texts(List<String> texts) {
    return new Items(texts.stream().map(t -> (Tree) new Text(t)).toList());
  }

  /** With {@code value} at a path such as {@code rancher.docker.bip}; what was there goes. */
  static Entries with(Entries root, String path, Tree value) {
    Map<String, Tree> entries = new LinkedHashMap<>(root.entries());
    int dot = path.indexOf('.');
    if (dot < 0) {
      entries.put(path, value);
    } else {
      String head = path.substring(0, dot);
      Entries below = entries.get(head) instanceof Entries e ? e : new Entries(Map.of());
      entries.put(head, with(below, path.substring(dot + 1), value));
    }
    return new Entries(entries);
  }

  /**
   * Both together. Mappings are merged, lists are put one behind the other.
   *
   * @param clashes gets the paths of values that both set and of files that both write; there the
   *     first stays
   */
  static Entries merged(Entries first, Entries second, String path, List<String> clashes) {
    Map<String, Tree> entries = new LinkedHashMap<>(first.entries());
    second
        .entries()
        .forEach(
            (key, value) -> {
              Tree known = entries.get(key);
              String here = path.isEmpty() ? key : path + "." + key;
              if (known == null) {
                entries.put(key, value);
              } else if (known instanceof Entries a && value instanceof Entries b) {
                entries.put(key, merged(a, b, here, clashes));
              } else if (known instanceof Items a && value instanceof Items b) {
                entries.put(key, joined(a, b, here, clashes));
              } else if (!Objects.equals(known, value)) {
                clashes.add(here);
              }
            });
    return new Entries(entries);
  }

  private static Items joined(Items first, Items second, String path, List<String> clashes) {
    List<Tree> all = new ArrayList<>(first.items());
    for (Tree item : second.items()) {
      Optional<Tree> file = pathOf(item);
      if (file.isPresent() && all.stream().anyMatch(other -> pathOf(other).equals(file))) {
        clashes.add(path + " " + ((Text) file.get()).text());
      } else if (!all.contains(item)) {
        all.add(item);
      }
    }
    return new Items(all);
  }

  private static Optional<Tree> pathOf(Tree item) {
    return item instanceof Entries file
        ? file.get("path").filter(p -> p instanceof Text)
        : Optional.empty();
  }
}
