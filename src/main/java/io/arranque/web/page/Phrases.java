package io.arranque.web.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the page says for sentences that are made in English where something is wrong: problems of
 * the site's files, what linters find, details of refusals.
 *
 * <p>The English sentence is its own key, as gettext has it, but read from the finished text: who
 * finds a problem writes one plain sentence, and logs, commands and API have it as it is. {@code
 * {0}} stands for whatever was put in; what was put in may be a phrase itself, unless it stands in
 * double quotes. A test reads the sources and fails for a sentence that is missing here.
 *
 * <p>A file has the English in one line, and below it, after blanks, what is said for it.
 */
public final class Phrases {
  public static final Phrases NONE = new Phrases(List.of());

  /** No sentence of ours; and nobody's text shall keep us busy. */
  private static final int LONGEST = 2_000;

  private static final int DEEPEST = 30;

  /** A list of 2 000 machines says the same few details in each of its rows. */
  private static final int MOST_KNOWN = 4096;

  private static final int LONGEST_KNOWN = 200;
  private static final int GLUE = 4;
  private static final Pattern GAP = Pattern.compile("\\{([0-9])\\}");

  /**
   * @param pieces what stands before, between and after the gaps
   * @param gaps their numbers, in this order
   */
  private record Phrase(List<String> pieces, List<Integer> gaps, String words) {
    static Phrase of(String english, String words) {
      List<Integer> gaps = new ArrayList<>();
      Matcher matcher = GAP.matcher(english);
      while (matcher.find()) {
        gaps.add(Integer.valueOf(matcher.group(1)));
      }
      return new Phrase(List.of(GAP.split(english, -1)), List.copyOf(gaps), words);
    }

    int telling() {
      return pieces.stream().mapToInt(String::length).sum();
    }

    boolean isQuote(int gap) {
      return pieces.get(gap).endsWith("\"") && pieces.get(gap + 1).startsWith("\"");
    }

    /** A word such as "or": half a sentence before it must not become Spanish alone. */
    boolean isGlue() {
      return telling() <= GLUE && pieces.stream().anyMatch(p -> p.matches(".*[a-z].*"));
    }

    /** What stands in the gaps, each as short as can be; empty when it is another sentence. */
    Optional<List<String>> read(String text) {
      String first = pieces.get(0);
      String last = pieces.get(pieces.size() - 1);
      if (gaps.isEmpty()) {
        return text.equals(first) ? Optional.of(List.of()) : Optional.empty();
      }
      int end = text.length() - last.length();
      if (!text.startsWith(first) || !text.endsWith(last) || end < first.length()) {
        return Optional.empty();
      }
      List<String> found = new ArrayList<>();
      int at = first.length();
      for (String piece : pieces.subList(1, pieces.size() - 1)) {
        int next = text.indexOf(piece, at);
        if (next < 0 || next + piece.length() > end) {
          return Optional.empty();
        }
        found.add(text.substring(at, next));
        at = next + piece.length();
      }
      found.add(text.substring(at, end));
      return Optional.of(found);
    }

    String say(List<String> found) {
      return GAP.matcher(words)
          .replaceAll(
              gap ->
                  Matcher.quoteReplacement(found.get(gaps.indexOf(Integer.valueOf(gap.group(1))))));
    }
  }

  /** Those that tell the most first: {@code {0}: {1}} fits nearly everything. */
  private final List<Phrase> phrases;

  private final Map<String, String> saidLately = new ConcurrentHashMap<>();

  private Phrases(List<Phrase> phrases) {
    this.phrases = phrases;
  }

  /**
   * @throws IllegalArgumentException when a line has no words below it, or is all gap
   */
  static Phrases parse(String file) {
    List<Phrase> phrases = new ArrayList<>();
    String english = "";
    for (String line : file.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
      boolean words = line.startsWith(" ");
      if (words == english.isEmpty()) {
        throw new IllegalArgumentException("phrases go in pairs: " + english + line);
      }
      if (words) {
        phrases.add(Phrase.of(english, line.strip()));
      }
      english = words ? "" : line;
    }
    if (phrases.stream().anyMatch(p -> p.telling() == 0)) {
      throw new IllegalArgumentException("a phrase that is all gap");
    }
    return new Phrases(
        phrases.stream()
            .sorted(Comparator.comparingInt(Phrase::telling).reversed())
            .collect(Collectors.toUnmodifiableList()));
  }

  /** In the page's words; a text that is no phrase stays as it is. */
  public String say(String text) {
    if (text.length() > LONGEST_KNOWN) {
      return new Reading().say(text, 0).words();
    }
    if (saidLately.size() >= MOST_KNOWN) {
      saidLately.clear();
    }
    return saidLately.computeIfAbsent(text, t -> new Reading().say(t, 0).words());
  }

  /** The parts of a text that stay as they are. */
  List<String> left(String text) {
    return new Reading().say(text, 0).left();
  }

  private record Said(String words, List<String> left) {
    boolean isWhole() {
      return left.stream().noneMatch(part -> part.contains(" "));
    }
  }

  /** Looks for the phrase whose gaps are phrases or single words too; else the most telling. */
  private final class Reading {
    private final Map<String, Said> known = new HashMap<>();

    Said say(String text, int depth) {
      Said before = known.get(text);
      if (before != null) {
        return before;
      }
      boolean ours = text.length() <= LONGEST && depth < DEEPEST && !isQuoted(text);
      Said best = ours ? best(text, depth) : as(text);
      known.put(text, best);
      return best;
    }

    private Said best(String text, int depth) {
      Optional<Said> first = Optional.empty();
      for (Phrase phrase : phrases) {
        Optional<List<String>> found = phrase.read(text);
        if (found.isPresent()) {
          List<Said> parts = new ArrayList<>();
          for (int i = 0; i < found.get().size(); i++) {
            String part = found.get().get(i);
            parts.add(phrase.isQuote(i) ? new Said(part, List.of()) : say(part, depth + 1));
          }
          Said said =
              new Said(
                  phrase.say(parts.stream().map(Said::words).toList()),
                  parts.stream().flatMap(part -> part.left().stream()).toList());
          if (said.isWhole()) {
            return said;
          }
          first = first.isPresent() || phrase.isGlue() ? first : Optional.of(said);
        }
      }
      return first.orElseGet(() -> as(text));
    }

    private Said as(String text) {
      return new Said(text, List.of(text));
    }
  }

  /** What somebody wrote is not ours to translate. */
  private static boolean isQuoted(String text) {
    return text.length() > 1 && text.startsWith("\"") && text.indexOf('"', 1) == text.length() - 1;
  }
}
