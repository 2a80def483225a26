package io.arranque.systems;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Debian has no program for: Anaconda's kickstart, Ubuntu's autoinstall, Talos's machine
 * configuration. Written after their makers' references; only what our roles could get wrong.
 */
final class OwnChecks {
  private static final Set<String> KICKSTART_COMMANDS =
      Set.of(
          "autopart", "bootloader", "clearpart", "cmdline", "eula", "firewall", "firstboot",
          "graphical", "group", "halt", "ignoredisk", "keyboard", "lang", "logvol", "network",
          "part", "poweroff", "raid", "reboot", "repo", "rootpw", "selinux", "services", "shutdown",
          "skipx", "sshkey", "text", "timesource", "timezone", "url", "user", "volgroup", "xconfig",
          "zerombr");
  private static final Set<String> KICKSTART_SECTIONS =
      Set.of("%packages", "%pre", "%pre-install", "%post", "%onerror", "%traceback", "%addon");

  /** By the type that the schema of Ubuntu's installer wants. */
  private static final Map<String, String> AUTOINSTALL =
      Map.ofEntries(
          Map.entry("version", "integer"), Map.entry("early-commands", "list"),
          Map.entry("reporting", "map"), Map.entry("error-commands", "list"),
          Map.entry("user-data", "map"), Map.entry("packages", "list"),
          Map.entry("debconf-selections", "text"), Map.entry("locale", "text"),
          Map.entry("refresh-installer", "map"), Map.entry("kernel", "map"),
          Map.entry("keyboard", "map"), Map.entry("source", "map"), Map.entry("network", "map"),
          Map.entry("proxy", "text"), Map.entry("apt", "map"), Map.entry("storage", "map"),
          Map.entry("identity", "map"), Map.entry("ssh", "map"), Map.entry("snaps", "list"),
          Map.entry("codecs", "map"), Map.entry("drivers", "map"), Map.entry("oem", "map"),
          Map.entry("timezone", "text"), Map.entry("updates", "text"),
          Map.entry("shutdown", "text"), Map.entry("late-commands", "list"),
          Map.entry("interactive-sections", "list"), Map.entry("ubuntu-pro", "map"));

  private OwnChecks() {}

  static List<String> kickstart(String text) {
    List<String> complaints = new ArrayList<>();
    String section = "";
    int begun = 0;
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      String word = line.split("\\s+", 2)[0];
      if (line.equals("%end")) {
        if (section.isEmpty()) {
          complaints.add("line " + (i + 1) + ": %end without a section");
        }
        section = "";
      } else if (KICKSTART_SECTIONS.contains(word)) {
        if (!section.isEmpty()) {
          complaints.add("line " + begun + ": " + section + " has no %end");
        }
        section = word;
        begun = i + 1;
      } else if (section.isEmpty()
          && !line.isEmpty()
          && !line.startsWith("#")
          && !word.equals("%include")
          && !KICKSTART_COMMANDS.contains(word)) {
        complaints.add("line " + (i + 1) + ": there is no command " + word);
      }
    }
    if (!section.isEmpty()) {
      complaints.add("line " + begun + ": " + section + " has no %end");
    }
    return complaints;
  }

  static List<String> autoinstall(String text) {
    JsonNode document = parse(text).path("autoinstall");
    List<String> complaints = new ArrayList<>();
    for (Iterator<Map.Entry<String, JsonNode>> it = document.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> each = it.next();
      String wanted = AUTOINSTALL.get(each.getKey());
      if (wanted == null) {
        complaints.add("there is no autoinstall key " + each.getKey());
      } else if (!wanted.equals(type(each.getValue()))) {
        complaints.add(each.getKey() + " is no " + wanted);
      }
    }
    if (document.path("version").asInt() != 1) {
      complaints.add("version must be 1");
    }
    JsonNode identity = document.path("identity");
    if (identity.isMissingNode() && document.path("user-data").isMissingNode()) {
      complaints.add("neither identity nor user-data");
    }
    for (String key : List.of("hostname", "username", "password")) {
      if (!identity.isMissingNode() && !identity.path(key).isTextual()) {
        complaints.add("identity has no " + key);
      }
    }
    return complaints;
  }

  static List<String> talos(String text) {
    JsonNode config = parse(text);
    List<String> complaints = new ArrayList<>();
    if (!config.path("version").asText().equals("v1alpha1")) {
      complaints.add("version must be v1alpha1");
    }
    if (!Set.of("worker", "controlplane").contains(config.at("/machine/type").asText())) {
      complaints.add("machine.type must be worker or controlplane");
    }
    for (String pointer :
        List.of(
            "/machine/token", "/machine/ca/crt", "/machine/install/disk", "/cluster/id",
            "/cluster/secret", "/cluster/token", "/cluster/ca/crt",
            "/cluster/controlPlane/endpoint")) {
      if (config.at(pointer).asText().isEmpty()) {
        complaints.add("no " + pointer);
      }
    }
    for (String map : List.of("/machine/sysctls", "/machine/nodeLabels", "/machine/nodeTaints")) {
      for (JsonNode value : config.at(map)) {
        if (!value.isTextual()) {
          complaints.add(map + " wants text, got " + value);
        }
      }
    }
    return complaints;
  }

  private static String type(JsonNode node) {
    if (node.isIntegralNumber()) {
      return "integer";
    }
    return node.isArray() ? "list" : node.isObject() ? "map" : "text";
  }

  private static JsonNode parse(String text) {
    try {
      return new ObjectMapper(new YAMLFactory()).readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
