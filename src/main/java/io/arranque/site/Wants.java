package io.arranque.site;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a role wants of its machines in plain words, for systems whose documents we build ourselves.
 *
 * @param texts by key, e.g. {@code data-disk.device}
 * @param argumentsLine where {@code arguments} stands in {@code role.yaml}; 1 when it does not
 */
public record Wants(SortedMap<String, Want> texts, int argumentsLine) {
  public static final Wants NOTHING = new Wants(new TreeMap<>(), 1);

  /**
   * One of them.
   *
   * @param line its line in {@code role.yaml}
   * @param templates one, or those of a list
   */
  public record Want(int line, List<Script> templates) {
    public Want {
      templates = List.copyOf(templates);
    }
  }

  public boolean isNothing() {
    return texts.isEmpty();
  }
}
