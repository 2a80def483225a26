package io.arranque.inventory;

import java.util.Map;

/**
 * A room with PCs in it.
 *
 * @param name its short name, as segments and machines refer to it
 * @param description for people
 * @param vars values for templates, as text
 * @param options DHCP options for the machines in it
 * @param layout where its seats are
 */
public record Room(
    String name, String description, Map<String, String> vars, OptionLines options, Layout layout) {
  public Room {
    vars = Map.copyOf(vars);
  }

  /** One that nobody has drawn. */
  public Room(String name, String description, Map<String, String> vars, OptionLines options) {
    this(name, description, vars, options, Layout.NONE);
  }

  /** One without DHCP options. */
  public Room(String name, String description, Map<String, String> vars) {
    this(name, description, vars, OptionLines.NONE);
  }

  public Room with(Layout layout) {
    return new Room(name, description, vars, options, layout);
  }

  public Room with(OptionLines options) {
    return new Room(name, description, vars, options, layout);
  }
}
