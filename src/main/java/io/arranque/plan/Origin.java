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
    ROLE_DEFAULT("default of role"),
    SITE("site"),
    SEGMENT("segment"),
    ROLE("role"),
    ROOM("room"),
    RULE("rule of role"),
    FIRMWARE("firmware"),
    MACHINE("machine"),
    /** A row of {@code dhcp/quirks.yaml}: what this firmware needs. */
    QUIRK("quirk"),
    /** Its lease, of which not all is left. */
    LEASE("left of its lease"),
    /** No choice of anybody's: a standard wants it so. The name says which. */
    PROTOCOL("protocol"),
    /** The client's or the relay's own, sent back. */
    ECHO("echoed");

    private final String label;

    Level(String label) {
      this.label = label;
    }
  }

  public static final Origin DEFAULT = new Origin(Level.DEFAULT, "");
  public static final Origin SITE = new Origin(Level.SITE, "");
  public static final Origin MACHINE = new Origin(Level.MACHINE, "");

  /** What a standard wants, e.g. {@code RFC 2131}. */
  public static Origin protocol(String standard) {
    return new Origin(Level.PROTOCOL, standard);
  }

  /** E.g. {@code segment sala5}. */
  @Override
  public String toString() {
    return name.isEmpty() ? level.label : level.label + " " + name;
  }
}
