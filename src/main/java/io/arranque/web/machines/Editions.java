package io.arranque.web.machines;

import io.arranque.inventory.Machine.Assignment;
import io.arranque.inventory.Room;
import io.arranque.web.access.Secrets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which edition of a machine or room somebody was shown, so that two who edit the same do not
 * overwrite each other. The marks are made with a key of this process: they tell nothing of the
 * secrets in what they are made of. After a restart nobody's mark fits, and he is asked once more.
 */
public final class Editions {
  /** Enough that two editions of one machine never look alike by chance. */
  private static final int OCTETS = 6;

  private final String key = new Secrets().fresh();

  /**
   * What belongs together: when one changes the room and another the seat, both are to look again.
   */
  enum Part {
    NAME("name"),
    PLACE("place"),
    /** With its values and the policy: they are a role's. */
    ROLE("role"),
    OPTIONS("options"),
    ADDRESS("address");

    private final String label;

    Part(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** All parts, as a form keeps them. */
  String text(Assignment assignment) {
    return marks(assignment).values().stream().collect(Collectors.joining("-"));
  }

  /** As an entity tag of HTTP. */
  String tag(Assignment assignment) {
    return '"' + text(assignment) + '"';
  }

  String tag(Room room) {
    return '"'
        + mark(
            room.description(), new TreeMap<>(room.vars()), room.options().texts(), room.layout())
        + '"';
  }

  /** The parts that are different now; all of them when the text is not one of ours. */
  Set<Part> changed(String shown, Assignment now) {
    Iterator<String> before = List.of(shown.split("-", -1)).iterator();
    Set<Part> changed = EnumSet.noneOf(Part.class);
    marks(now)
        .forEach(
            (part, mark) -> {
              if (!before.hasNext() || !before.next().equals(mark)) {
                changed.add(part);
              }
            });
    return changed;
  }

  private Map<Part, String> marks(Assignment a) {
    Map<Part, String> marks = new EnumMap<>(Part.class);
    marks.put(Part.NAME, mark(a.hostname()));
    marks.put(Part.PLACE, mark(a.room(), a.seat()));
    marks.put(Part.ROLE, mark(a.role(), a.policy(), new TreeMap<>(a.vars())));
    marks.put(Part.OPTIONS, mark(a.options().texts()));
    marks.put(Part.ADDRESS, mark(a.reservation()));
    return marks;
  }

  private String mark(Object... values) {
    byte[] digest = Secrets.sha256(key + List.of(values));
    return HexFormat.of().formatHex(digest, 0, OCTETS);
  }
}
