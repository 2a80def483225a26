package io.arranque.web.page;

import io.arranque.diagnosis.Symptom;
import io.arranque.exchange.Remark;
import io.arranque.exchange.Rule;
import io.arranque.inventory.Refusal;
import io.arranque.people.PeopleRefusal;
import io.arranque.timeline.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page's words in one language. The English sentences of {@link Reason} and {@link
 * Refusal.Kind} are their constants' own; other languages bring them under {@code reason.NAME} and
 * {@code refusal.NAME}.
 *
 * @param language e.g. {@code es}
 * @param texts by key
 * @param phrases for sentences that are made in English elsewhere
 */
public record Messages(String language, Map<String, String> texts, Phrases phrases) {
  private static final Pattern OPTIONAL = Pattern.compile("\\[([^\\]]*\\{(\\d)\\}[^\\]]*)\\]");
  public static final List<String> LANGUAGES = List.of("en", "es");

  public static Messages load(String language, WebFiles files) {
    Map<String, String> texts = new TreeMap<>();
    for (Reason reason : Reason.values()) {
      texts.put("reason." + reason.name(), reason.sentence());
      texts.put("reason." + reason.name() + ".advice", reason.advice());
    }
    for (Refusal.Kind kind : Refusal.Kind.values()) {
      texts.put("refusal." + kind.name(), kind.sentence());
    }
    for (PeopleRefusal refusal : PeopleRefusal.values()) {
      texts.put("people." + refusal.name(), refusal.sentence());
    }
    for (Rule rule : Rule.values()) {
      texts.put("refusal." + rule.name(), rule.sentence());
    }
    for (Symptom symptom : Symptom.values()) {
      texts.put(key(symptom), symptom.sentence());
      for (int i = 0; i < symptom.advice().size(); i++) {
        texts.put(key(symptom) + "." + (i + 1), symptom.advice().get(i));
      }
    }
    Properties properties = new Properties();
    byte[] file = files.read("messages/" + language + ".properties").orElse(new byte[0]);
    try {
      properties.load(new StringReader(new String(file, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    properties.stringPropertyNames().forEach(k -> texts.put(k, properties.getProperty(k)));
    Phrases phrases =
        files
            .read("messages/" + language + ".phrases")
            .map(bytes -> Phrases.parse(new String(bytes, StandardCharsets.UTF_8)))
            .orElse(Phrases.NONE);
    return new Messages(language, texts, phrases);
  }

  public static String key(Symptom symptom) {
    return "symptom." + symptom.name();
  }

  /** A text with {@code {0}}, {@code {1}} … replaced; the key itself where there is none. */
  public String get(String key, Object... arguments) {
    return fill(texts.getOrDefault(key, key), arguments);
  }

  /** The text of this key, or {@code otherwise}. */
  public String orText(String key, String otherwise) {
    return texts.getOrDefault(key, otherwise);
  }

  public static String fill(String text, Object... arguments) {
    String filled = text;
    for (int i = 0; i < arguments.length; i++) {
      filled = filled.replace("{" + i + "}", String.valueOf(arguments[i]));
    }
    return filled;
  }

  public String refusal(Refusal refusal) {
    String sentence = get("refusal." + refusal.kind().name());
    String detail = detail(refusal);
    return detail.isEmpty() ? sentence : sentence + " (" + detail + ")";
  }

  /** What is said beside the rule, in this language where there are words for it. */
  public String detail(Refusal refusal) {
    String facts = texts.get("refusal." + refusal.kind().name() + ".facts");
    return facts == null || refusal.facts().isEmpty()
        ? phrases.say(refusal.detail())
        : facts(facts, refusal.facts().stream().map(f -> PageFilters.who(f, texts)).toList());
  }

  /** Parts in brackets are left out where their fact is empty: {@code {0}[, until {2}]}. */
  private static String facts(String text, List<String> facts) {
    String said =
        OPTIONAL
            .matcher(text)
            .replaceAll(
                part -> {
                  int fact = Integer.parseInt(part.group(2));
                  return facts.get(fact).isEmpty() ? "" : Matcher.quoteReplacement(part.group(1));
                });
    return fill(said, facts.toArray());
  }

  /** A file's remark, without its line. */
  public String remark(Remark remark) {
    String sentence = texts.getOrDefault("refusal." + remark.rule(), remark.sentence());
    return remark.detail().isEmpty()
        ? sentence
        : sentence + " (" + phrases.say(remark.detail()) + ")";
  }

  /** What the cookie says, else the first of the browser's languages that we speak. */
  static String choose(@Nullable String cookie, @Nullable String acceptLanguage) {
    if (cookie != null && LANGUAGES.contains(cookie)) {
      return cookie;
    }
    Optional<String> wanted =
        Arrays.stream((acceptLanguage == null ? "" : acceptLanguage).split(",", -1))
            .map(part -> part.strip().split("[-;]", -1)[0].toLowerCase(Locale.ROOT))
            .filter(LANGUAGES::contains)
            .findFirst();
    return wanted.orElse("en");
  }
}
