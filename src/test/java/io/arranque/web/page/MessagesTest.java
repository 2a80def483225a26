package io.arranque.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words of the page: in both languages, each of use, none missing. */
class MessagesTest {
  private static final Path ROOT = Path.of(System.getProperty("arranque.root", "."));

  /** English has these in its constants. */
  private static final Set<String> OF_CONSTANTS = Set.of("reason", "refusal", "people", "symptom");

  /** {@code t['some.key']}, and {@code t['some.' + name]}. */
  private static final Pattern IN_TEMPLATE = Pattern.compile("t\\['([\\w.-]+)'(\\s*\\+)?");

  private static final Pattern IN_CODE = Pattern.compile("\"([a-z][\\w-]*(?:\\.[\\w.-]*)?)\"");
  private static final Pattern WORD = Pattern.compile("word\\('([\\w.-]+)'\\)");
  private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

  @Test
  void both_languages_have_the_same_keys() throws IOException {
    Set<String> english = keys(load("en"));
    Set<String> spanish = keys(load("es"));
    spanish.removeIf(
        key -> OF_CONSTANTS.contains(key.split("[.]", 2)[0]) && key.matches(".*[.][A-Z0-9_]+.*"));
    assertThat(spanish).isEqualTo(english);
  }

  @Test
  void a_sentence_has_the_same_places_to_fill_in_both_languages() throws IOException {
    Properties spanish = load("es");
    load("en")
        .forEach(
            (key, text) ->
                assertThat(places(spanish.getProperty((String) key, "")))
                    .as("%s", key)
                    .isEqualTo(places((String) text)));
  }

  @Test
  void every_key_that_a_template_names_is_there() throws IOException {
    Set<String> known = known();
    assertThat(namedByTemplates())
        .hasSizeGreaterThan(300)
        .filteredOn(named -> known.stream().noneMatch(named::means))
        .isEmpty();
  }

  @Test
  void every_key_is_of_use() throws IOException {
    List<Named> named = new ArrayList<>(namedByTemplates());
    for (Path source : files("src/main/java/io/arranque", ".java")) {
      Matcher matcher = IN_CODE.matcher(Files.readString(source));
      while (matcher.find()) {
        String text = matcher.group(1);
        boolean beginning = text.endsWith(".") || text.endsWith("-");
        named.add(new Named(source.toString(), text, beginning));
      }
    }
    assertThat(keys(load("en")))
        .filteredOn(key -> named.stream().noneMatch(n -> n.means(key)))
        .isEmpty();
  }

  /**
   * @param beginning whether only the beginning of the key is said
   */
  private record Named(String file, String text, boolean beginning) {
    boolean means(String key) {
      return beginning ? key.startsWith(text) : key.equals(text);
    }
  }

  private static List<Named> namedByTemplates() throws IOException {
    List<Named> named = new ArrayList<>();
    for (Path template : files("web/templates", ".html")) {
      String text = Files.readString(template);
      Matcher matcher = IN_TEMPLATE.matcher(text);
      while (matcher.find()) {
        boolean beginning = matcher.group(2) != null;
        named.add(new Named(template + " " + matcher.group(1), matcher.group(1), beginning));
      }
      Matcher word = WORD.matcher(text);
      while (word.find()) {
        named.add(new Named(template + " " + word.group(1), word.group(1), true));
      }
    }
    return named;
  }

  private static Set<String> known() {
    return Messages.load("en", new WebFiles(() -> Path.of("no-site"))).texts().keySet();
  }

  private static Set<String> keys(Properties properties) {
    return new TreeSet<>(properties.stringPropertyNames());
  }

  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    Matcher matcher = PLACE.matcher(text);
    while (matcher.find()) {
      places.add(matcher.group());
    }
    return places;
  }

  static Properties load(String language) throws IOException {
    Properties properties = new Properties();
    Path file = ROOT.resolve("web/messages/" + language + ".properties");
    try (java.io.Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  private static List<Path> files(String folder, String ending) throws IOException {
    try (Stream<Path> found = Files.walk(ROOT.resolve(folder))) {
      return found.filter(p -> p.toString().endsWith(ending)).sorted().toList();
    }
  }
}
