package io.arranque.site;

import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.OptionParser;
import io.arranque.site.Quirk.Place;
import io.arranque.site.YamlNode.Entry;
import io.arranque.site.YamlNode.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code dhcp/quirks.yaml}: the built-in table, and a site's changes to it. */
final class QuirksReader {
  static final String FILE = "dhcp/quirks.yaml";
  private static final String OFF = "off";
  private static final ValueType<String> CLIENT =
      ValueType.oneOf(List.of("pxe", "http-boot", "ipxe", "other"), word -> word);
  private static final ValueType<Place> BOOT_FILE =
      ValueType.oneOf(List.of("field", "option", "both"), QuirksReader::place);
  private static final ValueType<Place> SERVER_NAME =
      ValueType.oneOf(List.of("field", "option", "both", "none"), QuirksReader::place);
  private static final ValueType<Integer> ARCHITECTURE = ValueType.integer(0, 65535);
  private static final ValueType<Integer> MESSAGE_SIZE = ValueType.integer(576, 1500);

  private QuirksReader() {}

  /**
   * The built-in rows, those of the same name replaced by the site's, and then its further ones.
   */
  static Quirks read(Optional<Fields> ofSite) {
    ProblemCollector none = new ProblemCollector();
    Map<String, Quirk> rows = new LinkedHashMap<>();
    YamlFile.parse(FILE, builtIn(), none)
        .ifPresent(mapping -> rows(new Fields(FILE, mapping, none), rows));
    if (!none.problems().all().isEmpty()) {
      throw new IllegalStateException("the built-in quirks: " + none.problems());
    }
    ofSite.ifPresent(fields -> rows(fields, rows));
    return new Quirks(List.copyOf(rows.values()));
  }

  private static void rows(Fields fields, Map<String, Quirk> rows) {
    for (Entry entry : fields.entries()) {
      String name = entry.key();
      if (entry.value() instanceof Scalar word && word.text().equals(OFF)) {
        if (rows.remove(name) == null) {
          fields.error(name, "no such row" + Spelling.hint(name, rows.keySet()));
        }
        continue;
      }
      Fields row = fields.section(name);
      rows.put(name, row(name, row));
      row.finish();
    }
  }

  private static Quirk row(String name, Fields fields) {
    Fields when = fields.section("when");
    Quirk row =
        new Quirk(
            name,
            when(when),
            options(fields.section("options")),
            fields.scalar("boot-file", BOOT_FILE),
            fields.scalar("server-name", SERVER_NAME),
            fields.scalar("message-size-max", MESSAGE_SIZE),
            fields.scalar("overload", ValueType.FLAG),
            fields.scalar("broadcast", ValueType.FLAG),
            fields.scalar("terminated-text", ValueType.FLAG));
    when.finish();
    if (!fields.has("when")) {
      fields.error("when", "missing, wanted whom it is about, e.g. { client: pxe }");
    }
    return row;
  }

  private static Quirk.When when(Fields when) {
    return new Quirk.When(
        when.list("client", CLIENT).stream().map(Located::value).toList(),
        when.list("architecture", ARCHITECTURE).stream().map(Located::value).toList(),
        when.scalar("vendor-class", ValueType.LINE),
        when.scalar("vendor", ValueType.LINE),
        when.scalar("model", ValueType.LINE),
        when.scalar("mac", ValueType.LINE),
        when.scalar("address", ValueType.FLAG));
  }

  /** Of all options, also those that a segment may not set: this is where they come from. */
  private static List<DhcpOption> options(Fields section) {
    List<DhcpOption> options = new ArrayList<>();
    for (Entry entry : section.entries()) {
      OptionParser.Parsed parsed = OptionParser.parse(entry.key(), entry.value().value());
      parsed.option().ifPresent(options::add);
      parsed
          .problem()
          .ifPresent(problem -> section.error(entry.key(), "not an option, " + problem));
    }
    return options;
  }

  private static Place place(String word) {
    return Place.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static String builtIn() {
    try (InputStream in = QuirksReader.class.getResourceAsStream("/" + FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
