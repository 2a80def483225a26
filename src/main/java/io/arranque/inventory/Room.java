package io.arranque.inventory;

import java.util.Map;

/**
 * A room with PCs in it.
 *
 * @param name its short name, as segments and machines refer to it
 * @param description for people
 * @param vars values for templates, as text
 * @param options DHCP options for the machines in it
 */
public record Room(String name, String description, Map<String, String> vars, OptionLines options) {
  public Room {
    vars = Map.copyOf(vars);
  }

  /** One without DHCP options. */
  public Room(String name, String description, Map<String, String> vars) {
    this(name, description, vars, OptionLines.NONE);
  }
}
