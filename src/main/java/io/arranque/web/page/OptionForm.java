package io.arranque.web.page;

import io.arranque.inventory.Refusal;
import io.arranque.inventory.Refusal.Kind;
import io.arranque.web.base.Refused;
import io.arranque.web.views.Views.RoomView;
import io.arranque.web.views.Views.SegmentView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** DHCP options in a form: {@code ntp-servers = 192.168.33.1}, one to a line. */
public final class OptionForm {
  private static final int SHOWN = 40;

  private OptionForm() {}

  /** A room with its options as they stand in the form. */
  record RoomOptions(String name, String description, String options) {}

  /** The rooms that people know of, and those that the site's segments name. */
  public static List<RoomOptions> rooms(List<RoomView> known, Collection<SegmentView> segments) {
    SortedMap<String, RoomOptions> rooms = new TreeMap<>();
    for (SegmentView segment : segments) {
      if (!segment.room().isEmpty()) {
        rooms.put(segment.room(), new RoomOptions(segment.room(), "", ""));
      }
    }
    known.forEach(
        room ->
            rooms.put(
                room.name(),
                new RoomOptions(room.name(), room.description(), text(room.options()))));
    return List.copyOf(rooms.values());
  }

  public static String text(SortedMap<String, String> options) {
    return options.entrySet().stream()
        .map(option -> option.getKey() + " = " + option.getValue())
        .collect(Collectors.joining("\n"));
  }

  /**
   * What the lines set; and the options of {@code present} that no line names any more, with the
   * empty text that takes them away.
   *
   * @throws Refused when a line is none, or names what another names
   */
  public static Map<String, String> edits(String text, Collection<String> present) {
    Map<String, String> edits = new HashMap<>();
    List<Refusal> refusals = new ArrayList<>();
    for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      // A colon as in YAML will do: no option's name has one.
      String[] parts = line.split("[=:]", 2);
      String name = parts[0].strip();
      if (parts.length < 2 || name.isEmpty() || parts[1].isBlank()) {
        refusals.add(refusal(shortened(line) + ": wanted name = value"));
      } else if (edits.put(name, parts[1].strip()) != null) {
        refusals.add(refusal(shortened(name) + ": an option twice"));
      }
    }
    if (!refusals.isEmpty()) {
      throw new Refused(refusals);
    }
    present.forEach(name -> edits.putIfAbsent(name, ""));
    return edits;
  }

  private static Refusal refusal(String detail) {
    return new Refusal(Kind.OPTION_INVALID, "options", detail);
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
