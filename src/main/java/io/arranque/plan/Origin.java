package io.arranque.plan;

/**
 * Where a value of the boot plan came from.
 *
 * @param level how near to the machine; of two values the one with the later level wins
 * @param name which one of that level, e.g. the role's name; may be empty
 */
public record Origin(Level level, String name) {

  /** From the farthest to the nearest. */
  public enum Level {
    DEFAULT("default"),
    SITE("site"),
    SEGMENT("segment"),
    ROLE("role"),
    ROOM("room"),
    RULE("rule of role"),
    FIRMWARE("firmware"),
    MACHINE("machine");

    private final String label;

    Level(String label) {
      this.label = label;
    }
  }

  public static final Origin DEFAULT = new Origin(Level.DEFAULT, "");
  public static final Origin SITE = new Origin(Level.SITE, "");
  public static final Origin MACHINE = new Origin(Level.MACHINE, "");

  /** E.g. {@code segment sala5}. */
  @Override
  public String toString() {
    return name.isEmpty() ? level.label : level.label + " " + name;
  }
}
