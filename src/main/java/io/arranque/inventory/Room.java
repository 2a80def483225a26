package io.arranque.inventory;

import java.util.Map;

/**
 * A room with PCs in it.
 *
 * @param name its short name, as segments and machines refer to it
 * @param description for people
 * @param vars values for templates, as text
 */
public record Room(String name, String description, Map<String, String> vars) {
  public Room {
    vars = Map.copyOf(vars);
  }
}
