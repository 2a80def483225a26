package io.arranque.web.page;

import io.arranque.inventory.Refusal;
import io.arranque.people.Who;
import io.arranque.timeline.Reason;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Filters of the page's templates; the words come from the template's own {@code t}.
 *
 * <p>{@code fill}: a message's placeholders · {@code size}: bytes for people · {@code took}:
 * milliseconds for people · {@code word(prefix)}: our word for a name of ours, or the name · {@code
 * origin}: where a value comes from · {@code who}: who did it · {@code affected}: what a change of
 * files touches · {@code said} and {@code detail(reason)}: what was made in English elsewhere.
 */
public final class PageFilters extends AbstractExtension {
  private static final String ROLE = "role ";

  /** What a machine says of itself is not ours to say otherwise. */
  private static final Set<String> OWN_WORDS =
      Set.of(
          Reason.MACHINE_REPORTED.name(), Reason.MACHINE_FAILED.name(), Reason.DISK_SKIPPED.name());

  private static final List<String> LEVELS =
      List.of(
          "rule of role",
          "default of role",
          "default",
          "site",
          "segment",
          "role",
          "room",
          "firmware",
          "machine",
          "protocol",
          "echoed",
          "quirk",
          "left of its lease");

  @Override
  public Map<String, Filter> getFilters() {
    return Map.of(
        "fill",
        filter(
            (input, args, t) ->
                Messages.fill(
                    String.valueOf(input),
                    args.getOrDefault("first", ""),
                    args.getOrDefault("second", ""),
                    args.getOrDefault("third", ""),
                    args.getOrDefault("fourth", "")),
            "first",
            "second",
            "third",
            "fourth"),
        "size",
        filter((input, args, t) -> size(((Number) input).longValue(), t)),
        "rate",
        filter((input, args, t) -> rate(((Number) input).longValue(), t)),
        "took",
        filter((input, args, t) -> took(((Number) input).longValue(), t)),
        "word",
        filter(
            (input, args, t) -> word(String.valueOf(args.get("prefix")), String.valueOf(input), t),
            "prefix"),
        "origin",
        filter((input, args, t) -> origin(String.valueOf(input), t)),
        "who",
        filter((input, args, t) -> who(String.valueOf(input), t)),
        "affected",
        english(PageFilters::affected),
        "said",
        english(PageFilters::said),
        "detail",
        english(PageFilters::said));
  }

  public static String size(long bytes, Map<String, String> t) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? decimal(bytes / 1_000.0, t) + " kB"
        : decimal(bytes / 1_000_000.0, t) + " MB";
  }

  static String rate(long bitsPerSecond, Map<String, String> t) {
    return bitsPerSecond < 1_000_000
        ? bitsPerSecond / 1_000 + " kbit/s"
        : decimal(bitsPerSecond / 1_000_000.0, t) + " Mbit/s";
  }

  public static String took(long millis, Map<String, String> t) {
    if (millis < 1_000) {
      return millis + " ms";
    }
    return millis < 120_000 ? decimal(millis / 1_000.0, t) + " s" : millis / 60_000 + " min";
  }

  /** Only the first word is ours in {@code option 6 domain-name-servers} and {@code var.disk}. */
  private static String word(String prefix, String text, Map<String, String> t) {
    int end = text.replace('.', ' ').indexOf(' ');
    String first = end < 0 ? text : text.substring(0, end);
    String word = t.get(prefix + first);
    return word == null ? text : word + (end < 0 ? "" : " " + text.substring(end + 1));
  }

  /** E.g. {@code segment sala5}; or, where there is no value, the reason's sentence. */
  private static String origin(String text, Map<String, String> t) {
    for (Reason reason : Reason.values()) {
      if (reason.sentence().equals(text)) {
        return t.getOrDefault("reason." + reason.name(), text);
      }
    }
    for (String level : LEVELS) {
      if (text.equals(level) || text.startsWith(level + " ")) {
        String word = t.getOrDefault("origin." + level.replace(' ', '-'), level);
        return word + text.substring(level.length());
      }
    }
    return text;
  }

  /**
   * What of a boot plan is different, or why there is none: a document's name, or words of ours.
   */
  static String affected(String text, Map<String, String> t) {
    if (text.startsWith(ROLE)) {
      return Arrays.stream(text.substring(ROLE.length()).split(" ", -1))
          .map(role -> role.equals("none") ? t.getOrDefault("affected.none", role) : role)
          .collect(Collectors.joining(" ", t.getOrDefault("affected.role", "role") + " ", ""));
    }
    String known = t.get("affected." + text.replace(' ', '-'));
    return known != null ? known : said(text, t);
  }

  /**
   * A line of a log as the page says it: sentences of the catalogues in the page's language, and
   * the rest, which is names, paths and what a program said, as it is.
   */
  static String said(String text, Map<String, String> t) {
    String said = text;
    for (Reason reason : Reason.values()) {
      said = said(said, reason.sentence(), t.get("reason." + reason.name()));
    }
    for (Refusal.Kind kind : Refusal.Kind.values()) {
      said = said(said, kind.sentence(), t.get("refusal." + kind.name()));
    }
    return said;
  }

  private static String said(String text, String sentence, @Nullable String word) {
    return word == null || sentence.isEmpty() ? text : text.replace(sentence, word);
  }

  /** Who did it: a person's name as it is, and in our words what is no person. */
  static String who(String name, Map<String, String> t) {
    boolean timetable =
        name.startsWith(Who.SCHEDULE + ": ") || name.startsWith(Who.SCHEDULE + " (");
    return timetable
        ? t.getOrDefault("who.schedule", Who.SCHEDULE) + name.substring(Who.SCHEDULE.length())
        : name;
  }

  private static String decimal(double number, Map<String, String> t) {
    return String.format(Locale.ROOT, "%.1f", number)
        .replace(".", t.getOrDefault("number.point", "."));
  }

  /** What was made in English, elsewhere and at another time, as the page says it. */
  private static Filter english(BiFunction<String, Map<String, String>, String> words) {
    return inContext(
        (input, args, context) -> {
          String text = String.valueOf(input);
          if (OWN_WORDS.contains(String.valueOf(args.getOrDefault("reason", "")))) {
            return text;
          }
          Object phrases = context.getVariable("phrases");
          return words.apply(phrases instanceof Phrases known ? known.say(text) : text, t(context));
        },
        "reason");
  }

  private interface Body {
    String apply(Object input, Map<String, Object> args, Map<String, String> t);
  }

  private static Filter filter(Body body, String... arguments) {
    return inContext((input, args, context) -> body.apply(input, args, t(context)), arguments);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> t(EvaluationContext context) {
    return (Map<String, String>) context.getVariable("t");
  }

  private interface ContextBody {
    String apply(Object input, Map<String, Object> args, EvaluationContext context);
  }

  private static Filter inContext(ContextBody body, String... arguments) {
    return new Filter() {
      @Override
      public List<String> getArgumentNames() {
        return List.of(arguments);
      }

      @Override
      public Object apply(
          Object input,
          Map<String, Object> args,
          PebbleTemplate self,
          EvaluationContext context,
          int line) {
        return body.apply(input, args, context);
      }
    };
  }
}
