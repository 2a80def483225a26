package io.arranque.documents.rancheros;

import io.arranque.documents.Finding;
import io.arranque.documents.rancheros.Schema.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kernel's command line as RancherOS reads it: words of {@code rancher.} and {@code cc.}, whose
 * values are YAML. A wrong type there ends PID 1, which is a kernel panic; so nothing is handed out
 * that was not read here first. Messages never quote a value.
 */
public final class KernelLine {
  /** What x86 takes, without the closing zero. iPXE cuts the rest off without a word. */
  public static final int MAX_LENGTH = 2047;

  private static final String PANIC = ", which ends in a kernel panic, ";
  private static final Set<String> RAW = Set.of("rancher.password", "rancher.autologin");
  private static final List<String> SOURCES =
      List.of(
          "url:",
          "file:",
          "cmdline",
          "configdrive",
          "ec2",
          "digitalocean",
          "gce",
          "packet",
          "cloudstack",
          "aliyun",
          "openstack",
          "exoscale",
          "vmware",
          "proxmox",
          "azure",
          "waagent");

  private final List<Finding> found = new ArrayList<>();
  private final Map<String, String> seen = new HashMap<>();

  private KernelLine() {}

  /**
   * What is wrong with a command line.
   *
   * @param name the kernel's file name, which UEFI counts too
   */
  public static List<Finding> check(String line, String name) {
    KernelLine checker = new KernelLine();
    checker.length(line, name);
    line.chars()
        .filter(c -> c < ' ' || c > '~')
        .findFirst()
        .ifPresent(
            c ->
                checker.error(
                    "kernel command line", "not ASCII (U+%04X), wanted ASCII".formatted(c)));
    for (String word : checker.words(line)) {
      if (word.startsWith("rancher.") || word.startsWith("cc.")) {
        checker.word(word);
      }
    }
    return List.copyOf(checker.found);
  }

  /** The words of a command line; a bracket or a quote keeps blanks inside. */
  private List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    int depth = 0;
    for (char c : (line + " ").toCharArray()) {
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else if (quote == 0 && c == '[') {
        depth++;
      } else if (quote == 0 && c == ']') {
        depth = Math.max(0, depth - 1);
      }
      if (c == ' ' && quote == 0 && depth == 0) {
        if (!word.isEmpty()) {
          words.add(word.toString());
        }
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    if (word.length() > 1) {
      String rest = word.toString().strip();
      String culprit = rest.contains("=") ? rest.substring(0, rest.indexOf('=')) : "a word";
      error(
          culprit,
          (quote == 0 ? "a [ without its ]" : "a quote without its end")
              + PANIC
              + "wanted both; it swallows the rest of the line");
    }
    return words;
  }

  private void length(String line, String name) {
    int length = name.length() + 1 + line.strip().length();
    if (length > MAX_LENGTH) {
      error(
          "kernel command line",
          "too long, iPXE cuts it off without a word, wanted at most %d characters, got %d"
              .formatted(MAX_LENGTH, length));
    }
  }

  private void word(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    String value = equals < 0 ? "true" : word.substring(equals + 1);
    String path = name.startsWith("cc.") ? name.substring(3) : name;
    if (name.endsWith(".") || name.contains("..")) {
      error(name, "an empty part between dots, wanted a key");
      return;
    }
    String before = seen.put(name, value);
    if (before != null && !before.equals(value)) {
      warning(name, "twice, the last wins and lists do not add up, wanted it once");
    }
    if (RAW.contains(name)) {
      raw(name, value);
    } else if (path.startsWith("rancher.network.interfaces.")) {
      card(name, value);
    } else {
      Optional<Schema.Key> key = Schema.key(path);
      if (key.isPresent()) {
        typed(name, value, key.get().kind(), equals < 0);
      } else if (!isInsideOpen(path)) {
        error(
            name,
            Advice.on(path)
                .orElse(
                    "unknown key, ignored without a word, wanted one of "
                        + String.join(", ", Schema.below(parent(path)))));
      }
    }
  }

  private static String parent(String path) {
    int dot = path.lastIndexOf('.');
    String parent = dot < 0 ? "" : path.substring(0, dot);
    return parent.isEmpty() || !Schema.below(parent).isEmpty() ? parent : parent(parent);
  }

  private static boolean isInsideOpen(String path) {
    for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      Optional<Schema.Key> above = Schema.key(path.substring(0, dot));
      if (above.isPresent()) {
        return above.get().kind() == Kind.OPEN
            || above.get().kind() == Kind.MAP
            || above.get().kind() == Kind.SERVICES;
      }
    }
    return false;
  }

  private void raw(String name, String value) {
    if (value.isEmpty() || value.equals("true")) {
      error(name, "nothing behind it, wanted a value");
    } else if (name.equals("rancher.password")) {
      if (value.matches("[0-9_.+-]+")) {
        error(name, "digits only are read as a number, wanted a letter in it");
      } else if (!value.matches("[!-~&&[^\\[\\]{}'\"#,\\\\`]]+")) {
        error(name, "wanted letters, digits and simple signs");
      } else {
        warning(
            name,
            "everybody who can read the command line, or the script on the wire, has it; wanted ssh"
                + " keys");
      }
    }
  }

  private void card(String name, String value) {
    if (name.endsWith(".mac") || value.contains("=")) {
      error(name, "a second =" + PANIC + "wanted rancher.network.interfaces.mac:52:54:…");
      return;
    }
    String leaf = name.substring(name.lastIndexOf('.') + 1);
    String card = name.substring("rancher.network.interfaces.".length());
    if (!Schema.INTERFACE.contains(leaf) || card.indexOf('.') != card.lastIndexOf('.')) {
      error(
          name,
          "no setting of a network card, wanted one of "
              + String.join(", ", new java.util.TreeSet<>(Schema.INTERFACE))
              + "; a dot in a card's name cannot be said here");
      return;
    }
    Kind kind =
        switch (leaf) {
          case "addresses", "post_up", "pre_up" -> Kind.LIST;
          case "dhcp", "ipv4ll" -> Kind.FLAG;
          case "mtu" -> Kind.NUMBER;
          default -> Kind.TEXT;
        };
    typed(name, value, kind, false);
  }

  private void typed(String name, String value, Kind kind, boolean bare) {
    switch (kind) {
      case FLAG -> {
        if (!value.matches("(?i)true|false|yes|no|on|off")) {
          error(name, "neither true nor false" + PANIC + "wanted one of them");
        }
      }
      case NUMBER -> {
        if (!value.matches("[1-9][0-9]{0,8}|0")) {
          error(name, "no number" + PANIC + "wanted a number");
        }
      }
      case LIST, COMMANDS -> list(name, value);
      case TEXT -> text(name, value, bare);
      case OPEN -> {}
      case MAP, OBJECT, FILES, MOUNTS, SERVICES, INTERFACES ->
          error(name, "a key with keys below it" + PANIC + "wanted one of those");
    }
  }

  private void text(String name, String value, boolean bare) {
    if (bare) {
      error(name, "without = it is read as true" + PANIC + "wanted a value");
    } else if (value.isEmpty()) {
      error(name, "nothing behind the =, wanted a value");
    } else if (value.startsWith("[") || value.startsWith("{")) {
      error(name, "a list" + PANIC + "wanted a text");
    } else if (value.matches("[-+]?[0-9][0-9_.xXoObBa-fA-F]*")) {
      boolean same = value.matches("0|[1-9][0-9]{0,8}");
      if (same) {
        warning(name, "a number, wanted a letter in it");
      } else {
        error(name, "would be read as a number, 0123 as 83, wanted a letter in it");
      }
    } else if (value.matches("(?i)true|false|yes|no|on|off|null|~")) {
      error(name, "would be read as something else than text, wanted another word");
    }
  }

  private void list(String name, String value) {
    if (!value.startsWith("[") || !value.endsWith("]")) {
      error(name, "a list without its brackets" + PANIC + "wanted [ ] around it");
      return;
    }
    String inside = value.substring(1, value.length() - 1);
    boolean quoted = inside.contains("'") || inside.contains("\"");
    if (inside.isBlank()) {
      warning(name, "an empty list, wanted something in it");
    } else if (!quoted && inside.matches(".*[\\[\\]{}].*")) {
      error(
          name,
          "brackets or braces inside of a list, as of an IPv6 address" + PANIC + "wanted none");
    } else if (name.equals("rancher.cloud_init.datasources")) {
      for (String item : items(inside)) {
        if (SOURCES.stream().noneMatch(item::startsWith)) {
          error(name, "a comma splits a URL in two, wanted a URL without, or url:… in front");
        }
      }
    } else if (name.equals("rancher.state.autoformat")
        && items(inside).stream().anyMatch(item -> !item.startsWith("/dev/"))) {
      error(name, "wanted devices such as /dev/sda");
    }
  }

  private static List<String> items(String inside) {
    List<String> items = new ArrayList<>();
    StringBuilder item = new StringBuilder();
    char quote = 0;
    for (char c : (inside + ",").toCharArray()) {
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else if (c == ',' && quote == 0) {
        items.add(item.toString().strip());
        item.setLength(0);
      } else {
        item.append(c);
      }
    }
    return items;
  }

  private void error(String key, String message) {
    found.add(Finding.error(1, key + ": " + message));
  }

  private void warning(String key, String message) {
    found.add(Finding.warning(1, key + ": " + message));
  }
}
