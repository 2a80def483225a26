package io.arranque.web;

import io.arranque.address.Mac;
import io.arranque.web.views.Desk;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Finds things by what people type: any piece of a name, a MAC in any notation, an address, a seat.
 * Pure. Each word has to fit something of a thing; what fits best comes first.
 */
final class Search {
  private static final int EXACT = 100;
  private static final int PREFIX = 60;
  private static final int BOUNDARY = 45;
  private static final int INSIDE = 30;
  private static final int NO_MATCH = 0;

  /** Shorter pieces are in every second MAC. */
  static final int SHORTEST_PIECE = 4;

  private static final int LONGEST = 200;
  private static final int MOST_WORDS = 8;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");
  private static final Pattern PIECE = Pattern.compile("[0-9a-f]+([:.-][0-9a-f]+)*[:.-]?");
  private static final Pattern SEPARATORS = Pattern.compile("[:.-]");

  /** As stickers and some firmware print it; as six words it would fit nothing. */
  private static final Pattern SPACED_MAC =
      Pattern.compile("[0-9a-f]{2}( [0-9a-f]{2}){5}|[0-9a-f]{4}( [0-9a-f]{4}){2}");

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");
  private static final Pattern ZEROS = Pattern.compile("0+(?=[0-9])");

  private Search() {}

  /** What there is, in the order in which kinds are shown. */
  enum Kind {
    MACHINE,
    LEASE,
    ROOM,
    ROLE,
    SEGMENT,
    IMAGE,
    SCRIPT,
    PAGE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a text is, and so how it is compared. */
  enum Field {
    NAME,
    MAC,
    SERIAL,
    UUID,
    ADDRESS,
    SEAT,
    PLACE,
    WORD;

    /** Whether it names one thing, so that whoever types all of it wants just that. */
    boolean isKey() {
      return this == NAME || this == MAC || this == SERIAL || this == UUID || this == ADDRESS;
    }
  }

  /**
   * @param text folded
   */
  record Term(Field field, String text) {
    static Term of(Field field, String text) {
      return new Term(field, fold(text));
    }

    static Term of(Mac mac) {
      return new Term(Field.MAC, mac.bare());
    }
  }

  /**
   * Something that can be found.
   *
   * @param about a few words more; made only for what is shown
   */
  record Thing(Kind kind, String title, Supplier<String> about, String href, List<Term> terms) {
    Thing(Kind kind, String title, String about, String href, List<Term> terms) {
      this(kind, title, () -> about, href, terms);
    }
  }

  /**
   * @param isExact whether all that was typed is one of its keys
   */
  record Hit(Thing thing, int score, boolean isExact) {}

  /**
   * A word of what was typed.
   *
   * @param hex the piece of a MAC or UUID that it may be; empty: none
   */
  record Word(String text, Optional<String> hex, boolean isAddress) {
    static Word of(String text) {
      String bare = SEPARATORS.matcher(text).replaceAll("");
      boolean piece = PIECE.matcher(text).matches() && bare.length() >= SHORTEST_PIECE;
      // An octet's leading zero may be missing where it is told apart: 0:1:2:… .
      Optional<String> whole = Mac.parse(text).map(Mac::bare);
      return new Word(
          text,
          whole.or(() -> Optional.of(bare).filter(b -> piece && HEX.matcher(b).matches())),
          ADDRESS.matcher(text).matches());
    }
  }

  static List<Word> words(String query) {
    String folded = fold(query.length() > LONGEST ? query.substring(0, LONGEST) : query).strip();
    if (SPACED_MAC.matcher(folded).matches()) {
      return List.of(Word.of(folded.replace(" ", "")));
    }
    List<Word> words = new ArrayList<>();
    for (String text : folded.split("\\s+", -1)) {
      if (!text.isEmpty() && words.size() < MOST_WORDS) {
        words.add(Word.of(text));
      }
    }
    return List.copyOf(words);
  }

  /** What fits, the best first. */
  static List<Hit> find(Collection<Thing> things, String query) {
    List<Word> words = words(query);
    List<Hit> hits = new ArrayList<>();
    for (Thing thing : words.isEmpty() ? List.<Thing>of() : things) {
      int score = score(thing, words);
      if (score > NO_MATCH) {
        boolean exact = words.size() == 1 && isKeyOf(words.get(0), thing);
        hits.add(new Hit(thing, score, exact));
      }
    }
    hits.sort(
        Comparator.comparingInt((Hit hit) -> -hit.score())
            .thenComparing(hit -> hit.thing().kind())
            .thenComparing(hit -> hit.thing().title(), Search::naturally));
    return List.copyOf(hits);
  }

  /**
   * pc2 before pc10. By hand and not by {@link Desk#natural}: one letter finds all machines, and
   * they are compared twenty thousand times.
   */
  static int naturally(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int x = digitsEnd(a, i);
      int y = digitsEnd(b, j);
      boolean numbers = x > i && y > j;
      int order =
          numbers && x - i != y - j
              ? Integer.compare(x - i, y - j)
              : Character.compare(a.charAt(i), b.charAt(j));
      if (order != 0) {
        return order;
      }
      i++;
      j++;
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static int score(Thing thing, List<Word> words) {
    int sum = 0;
    for (Word word : words) {
      int best = NO_MATCH;
      for (Term term : thing.terms()) {
        best = Math.max(best, match(term, word));
      }
      if (best == NO_MATCH) {
        return NO_MATCH;
      }
      sum += best;
    }
    return sum;
  }

  private static boolean isKeyOf(Word word, Thing thing) {
    for (Term term : thing.terms()) {
      if (term.field().isKey() && match(term, word) >= EXACT) {
        return true;
      }
    }
    return false;
  }

  private static int match(Term term, Word word) {
    return switch (term.field()) {
      case NAME -> text(term.text(), word.text()) * 12 / 10;
      case SERIAL -> text(term.text(), word.text()) * 11 / 10;
      case MAC -> word.hex().map(piece -> hex(term.text(), piece)).orElse(NO_MATCH);
      case UUID -> word.hex().map(piece -> hex(term.text(), piece)).orElse(NO_MATCH);
      case ADDRESS -> word.isAddress() ? address(term.text(), word.text()) : NO_MATCH;
      case SEAT -> seat(term.text(), word.text());
      case PLACE -> text(term.text(), word.text()) * 9 / 10;
      case WORD -> text(term.text(), word.text()) * 7 / 10;
    };
  }

  private static int text(String text, String word) {
    int at = text.indexOf(word);
    if (at < 0) {
      return NO_MATCH;
    }
    if (at == 0) {
      return text.length() == word.length() ? EXACT : PREFIX;
    }
    // One letter is inside everything.
    for (int i = at; i >= 0; i = text.indexOf(word, i + 1)) {
      if (isBoundary(text, i)) {
        return BOUNDARY;
      }
    }
    return word.length() > 1 ? INSIDE : NO_MATCH;
  }

  /** A new word, or the number in pc7. */
  private static boolean isBoundary(String text, int at) {
    char before = text.charAt(at - 1);
    return !Character.isLetterOrDigit(before)
        || (Character.isDigit(text.charAt(at)) && !Character.isDigit(before));
  }

  private static int hex(String bare, String piece) {
    int at = bare.indexOf(piece);
    if (at < 0) {
      return NO_MATCH;
    }
    if (piece.length() == bare.length()) {
      return EXACT;
    }
    // People read a MAC's end from a sticker, and octets rather than halves of them.
    boolean end = at + piece.length() == bare.length();
    return end || at == 0 ? BOUNDARY : at % 2 == 0 ? INSIDE + 5 : INSIDE;
  }

  private static int address(String address, String word) {
    if (address.equals(word)) {
      return EXACT;
    }
    if (word.indexOf('.') < 0) {
      return address.endsWith("." + word) ? BOUNDARY : NO_MATCH;
    }
    if (address.startsWith(word)) {
      return BOUNDARY;
    }
    return address.endsWith(word) ? BOUNDARY : address.contains(word) ? INSIDE : NO_MATCH;
  }

  /** Seat 7 is seat 07; seat 17 is neither. */
  private static int seat(String seat, String word) {
    boolean same =
        seat.equals(word)
            || ZEROS.matcher(seat).replaceAll("").equals(ZEROS.matcher(word).replaceAll(""));
    return same ? EXACT - 5 : NO_MATCH;
  }

  /** Without capitals and accents, as people type in a hurry. */
  static String fold(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD);
        return MARKS.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
      }
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
