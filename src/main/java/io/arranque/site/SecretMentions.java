package io.arranque.site;

import io.arranque.site.YamlNode.Entry;
import io.arranque.site.YamlNode.Mapping;
import io.arranque.site.YamlNode.Scalar;
import io.arranque.site.YamlNode.Sequence;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one of the site's YAML texts says of secrets: in which files of the box they stand, and
 * whether one stands in the text itself. For deciding who may see and who may save it.
 *
 * @param files paths behind {@code file:}, wherever they stand in the text
 * @param plain names of secret variables whose value stands in the text
 * @param declared names of variables that the text declares secret
 */
public record SecretMentions(Set<String> files, Set<String> plain, Set<String> declared) {
  private static final String PREFIX = "file:/";

  /** Nothing is known of it, as of a text that is no YAML. */
  public static final SecretMentions NONE =
      new SecretMentions(Set.of(), Set.of(), Set.of());

  /**
   * @param secret names of the variables that some role of the site declares secret
   */
  public static SecretMentions in(String text, Collection<String> secret) {
    Optional<Mapping> root = YamlFile.parse("", text.replace("\r\n", "\n"), new ProblemCollector());
    if (root.isEmpty()) {
      return NONE;
    }
    Draft draft = new Draft();
    draft.files(root.get());
    draft.names.addAll(secret);
    draft.declarations(root.get());
    for (String section : new String[] {"vars", "values"}) {
      root.get().entry(section).map(Entry::value).ifPresent(draft::values);
    }
    return new SecretMentions(
        Set.copyOf(draft.files), Set.copyOf(draft.plain), Set.copyOf(draft.declared));
  }

  private static final class Draft {
    private final Set<String> files = new TreeSet<>();
    private final Set<String> plain = new TreeSet<>();
    private final Set<String> declared = new TreeSet<>();
    private final Set<String> names = new TreeSet<>();

    void files(YamlNode node) {
      if (node instanceof Scalar scalar && scalar.text().startsWith(PREFIX)) {
        files.add(scalar.text());
      } else if (node instanceof Sequence sequence) {
        sequence.items().forEach(this::files);
      } else if (node instanceof Mapping mapping) {
        mapping.entries().forEach(entry -> files(entry.value()));
      }
    }

    void declarations(Mapping root) {
      if (root.entry("vars").map(Entry::value).orElse(null) instanceof Mapping vars) {
        for (Entry entry : vars.entries()) {
          if (text(entry.value(), "type").filter("secret"::equals).isPresent()) {
            declared.add(entry.key());
            names.add(entry.key());
          }
        }
      }
    }

    void values(YamlNode section) {
      if (section instanceof Mapping mapping) {
        for (Entry entry : mapping.entries()) {
          Optional<String> value =
              entry.value() instanceof Scalar scalar
                  ? Optional.of(scalar.text())
                  : text(entry.value(), "default");
          if (names.contains(entry.key())
              && value.filter(v -> !v.isEmpty() && !v.startsWith(PREFIX)).isPresent()) {
            plain.add(entry.key());
          }
        }
      }
    }

    private static Optional<String> text(YamlNode node, String key) {
      return node instanceof Mapping mapping
              && mapping.entry(key).map(Entry::value).orElse(null) instanceof Scalar scalar
          ? Optional.of(scalar.text())
          : Optional.empty();
    }
  }
}
