package io.arranque.site;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a role wants of its machines in plain words, for systems whose documents we build ourselves.
 *
 * @param texts the templates by key, e.g. {@code data-disk}
 */
public record Wants(SortedMap<String, Script> texts) {
  public static final Wants NOTHING = new Wants(new TreeMap<>());
}
