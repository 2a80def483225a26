package io.arranque.systems;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shell scripts inside of documents of other formats. */
final class EmbeddedShell {
  private static final Pattern SECTION =
      Pattern.compile("(?m)^%(pre|post|onerror)\\b[^\n]*\n(#!/bin/sh\n.*?)^%end$", Pattern.DOTALL);
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^d-i (\\S+_command) string ((?:[^\n]*\\\\\n)*[^\n]*)$");

  private EmbeddedShell() {}

  /** Scripts by where they stand. */
  static Map<String, String> in(String name, String text) {
    Map<String, String> scripts = new TreeMap<>();
    if (text.startsWith("#!/bin/sh") || text.startsWith("#!/bin/busybox sh")) {
      scripts.put(name, text);
    } else if (name.equals("ks.cfg")) {
      Matcher section = SECTION.matcher(text);
      while (section.find()) {
        scripts.put(name + " %" + section.group(1), section.group(2));
      }
    } else if (name.equals("preseed.cfg")) {
      Matcher command = COMMAND.matcher(text);
      while (command.find()) {
        scripts.put(name + " " + command.group(1), "#!/bin/sh\n" + joined(command.group(2)));
      }
    } else if (text.startsWith("#cloud-config")) {
      collect(name, parse(text), scripts);
    }
    return scripts;
  }

  /** debconf puts continued lines together before a shell sees them. */
  private static String joined(String value) {
    return value.replaceAll("\\\\\n\\s*", "") + "\n";
  }

  private static JsonNode parse(String text) {
    try {
      return new ObjectMapper(new YAMLFactory()).readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(String place, JsonNode node, Map<String, String> scripts) {
    if (node.isTextual()) {
      String value = node.asText();
      if (value.startsWith("#!/bin/sh")) {
        scripts.put(place, value);
      } else if (place.contains("runcmd/") || place.contains("-commands/")) {
        scripts.put(place, "#!/bin/sh\n" + value);
      }
    } else if (node.isArray() && isWords(node)) {
      // A command given as words goes to no shell.
      return;
    } else if (node.isContainerNode()) {
      int i = 0;
      var names = node.fieldNames();
      for (JsonNode child : node) {
        collect(place + "/" + (names.hasNext() ? names.next() : i), child, scripts);
        i++;
      }
    }
  }

  private static boolean isWords(JsonNode list) {
    for (JsonNode each : list) {
      if (!each.isTextual() || each.asText().contains("\n")) {
        return false;
      }
    }
    return list.size() > 1;
  }
}
