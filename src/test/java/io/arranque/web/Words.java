package io.arranque.web;

import io.arranque.web.page.Messages;
import io.arranque.web.page.Phrases;
import io.arranque.web.page.WebFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells whether a text of a page is in its language: neither a key that nobody translated, nor a
 * sentence of the other language.
 */
final class Words {
  private static final Pattern KEY = Pattern.compile("(?<![\\w./-])[a-z]+\\.[a-z][a-z0-9-]+");

  /** A shorter beginning or end of a sentence with a gap says too little. */
  private static final int TELLING = 6;

  private final Set<String> keys;
  private final Set<String> foreign = new TreeSet<>();
  private final Set<Pattern> foreignWithGaps;

  /** Sentences that are made in English elsewhere; none where the page is English. */
  private final Phrases phrases;

  private Words(Map<String, String> own, Map<String, String> other, Phrases phrases) {
    this.phrases = phrases;
    this.keys = own.keySet();
    Set<String> ownTexts = Set.copyOf(own.values());
    other.values().stream().filter(text -> !ownTexts.contains(text)).forEach(foreign::add);
    foreignWithGaps =
        foreign.stream()
            .filter(text -> text.contains("{0}"))
            .filter(text -> text.replaceAll("\\{[0-9]}", "").strip().length() >= TELLING)
            .map(Words::gaps)
            .collect(Collectors.toSet());
  }

  static Words of(String language) {
    WebFiles files = new WebFiles(() -> Path.of("no-site"));
    String other = language.equals("en") ? "es" : "en";
    Messages own = Messages.load(language, files);
    return new Words(own.texts(), Messages.load(other, files).texts(), own.phrases());
  }

  private static Pattern gaps(String text) {
    return Pattern.compile(
        Pattern.compile("\\{[0-9]}")
            .splitAsStream(text)
            .map(Pattern::quote)
            .collect(Collectors.joining(".+", "", text.endsWith("}") ? ".+" : "")));
  }

  /** What is wrong with a text; empty when nothing is. */
  Optional<String> complaint(String text) {
    Matcher matcher = KEY.matcher(text);
    while (matcher.find()) {
      if (keys.contains(matcher.group())) {
        return Optional.of("a key instead of words: " + text);
      }
    }
    boolean other =
        foreign.contains(text)
            || (text.contains(" ") && !phrases.say(text).equals(text))
            || foreignWithGaps.stream().anyMatch(gaps -> gaps.matcher(text).matches());
    return other ? Optional.of("in the other language: " + text) : Optional.empty();
  }
}
