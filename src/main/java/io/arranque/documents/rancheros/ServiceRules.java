package io.arranque.documents.rancheros;

import io.arranque.documents.Finding;
import io.arranque.documents.rancheros.Nodes.Entry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Services: compose files of version 1, and the habits of Rancher's own agents. */
final class ServiceRules {
  private static final Set<String> LISTS =
      Set.of(
          "cap_add",
          "cap_drop",
          "devices",
          "links",
          "ports",
          "security_opt",
          "volumes",
          "volumes_from",
          "expose",
          "external_links",
          "extra_hosts");
  private static final Set<String> WORDS = Set.of("command", "entrypoint");
  private static final Set<String> MAPS = Set.of("environment", "labels", "log_opt");
  private static final Set<String> TEXTS = Set.of("image", "restart", "net", "container_name");

  private final List<Finding> found;

  ServiceRules(List<Finding> found) {
    this.found = found;
  }

  void all(Node services, String path) {
    for (Entry entry : Nodes.entries(services)) {
      if (!(entry.value() instanceof MappingNode)) {
        error(
            entry.line(),
            "%s.%s: wanted a mapping with image, got %s"
                .formatted(path, entry.key(), Nodes.kind(entry.value())));
        continue;
      }
      service(entry, path + "." + entry.key());
    }
  }

  private void service(Entry service, String path) {
    for (Entry entry : Nodes.entries(service.value())) {
      String here = path + "." + entry.key();
      if (!Schema.SERVICE.contains(entry.key())) {
        error(
            entry.line(),
            here
                + ": ignored without a word, "
                + Advice.onService(entry.key())
                    .orElseGet(
                        () -> "wanted one of " + String.join(", ", new TreeSet<>(Schema.SERVICE))));
        continue;
      }
      value(entry, here);
    }
    if (Nodes.get(service.value(), "image").isEmpty()
        && Nodes.get(service.value(), "build").isEmpty()) {
      error(service.line(), path + ": no image, wanted one");
    }
    registration(service, path);
  }

  private void value(Entry entry, String here) {
    Node value = entry.value();
    if (WORDS.contains(entry.key())) {
      if (Nodes.isNothing(value)) {
        error(entry.line(), here + ": nothing behind it loses the whole file, wanted no such key");
      } else if (value instanceof ScalarNode && !Nodes.isText(value)) {
        error(entry.line(), here + ": it loses the whole file, wanted quotes");
      }
      Nodes.wantTexts(value, here, "it loses the whole file", found);
    } else if (LISTS.contains(entry.key())) {
      if (!(value instanceof SequenceNode)) {
        error(
            entry.line(),
            here + ": it loses the whole file, wanted a list of texts, got " + Nodes.kind(value));
      }
      Nodes.wantTexts(value, here, "it loses the whole file", found);
    } else if (MAPS.contains(entry.key())) {
      map(value, here, entry.line());
    } else if (TEXTS.contains(entry.key()) && !Nodes.isText(value)) {
      error(entry.line(), here + ": wanted a text, in quotes, got " + Nodes.kind(value));
    }
  }

  private void map(Node value, String here, int line) {
    if (value instanceof SequenceNode) {
      Nodes.wantTexts(value, here, "it loses the whole file", found);
      return;
    }
    if (!(value instanceof MappingNode)) {
      error(line, here + ": it loses the whole file, wanted names with texts");
      return;
    }
    for (Entry entry : Nodes.entries(value)) {
      boolean number = entry.value().getTag().equals(org.yaml.snakeyaml.nodes.Tag.INT);
      if (number) {
        warning(entry.line(), here + "." + entry.key() + ": a number, wanted it in quotes");
      } else if (!Nodes.isText(entry.value())) {
        error(
            entry.line(),
            "%s.%s: it loses the whole file, wanted a text, in quotes, got %s"
                .formatted(here, entry.key(), Nodes.kind(entry.value())));
      }
    }
  }

  private void registration(Entry service, String path) {
    String image = text(service, "image");
    boolean second = image.matches("(.*/)?rancher/rancher-agent(:.*)?");
    boolean first = image.matches("(.*/)?rancher/agent(:.*)?");
    if (first) {
      ofRancher16(service, path);
    } else if (second) {
      ofRancher2(service, path);
    }
    String scope =
        Nodes.get(service.value(), "labels")
            .flatMap(labels -> Nodes.get(labels, "io.rancher.os.scope"))
            .map(Nodes::text)
            .orElse("");
    if ((first || second) && scope.equals("system")) {
      error(service.line(), path + ": would register the system's docker, wanted no scope");
    }
  }

  private void ofRancher16(Entry service, String path) {
    if (service.key().equals("rancher-agent")
        || text(service, "container_name").equals("rancher-agent")) {
      error(
          service.line(),
          path + ": the agent removes a container of this name, wanted e.g. rancher-register");
    }
    if (text(service, "net").equals("host")) {
      error(
          service.line(),
          path + ".net: the agent looks itself up by its own host name, wanted no net: host");
    }
    if (Nodes.get(service.value(), "hostname").isPresent()) {
      error(
          service.line(),
          path + ".hostname: the agent looks itself up by its own host name, wanted none");
    }
    if (text(service, "restart").equals("always")) {
      error(
          service.line(),
          path
              + ".restart: with always it removes and starts the agent for ever, wanted"
              + " \"on-failure\"");
    }
    String command = String.join(" ", commandOf(service));
    if (command.contains("--server") || command.contains("--token")) {
      error(
          service.line(),
          path
              + ".image: the agent of Rancher 1.6 with arguments of 2.x, wanted"
              + " rancher/rancher-agent");
    }
  }

  private void ofRancher2(Entry service, String path) {
    if (!text(service, "net").equals("host")) {
      error(service.line(), path + ".net: wanted \"host\", the agent is of the machine's network");
    }
    if (!Set.of("unless-stopped", "always").contains(text(service, "restart"))) {
      warning(
          service.line(),
          path
              + ".restart: the agent asks its server once and gives up, wanted \"unless-stopped\"");
    }
    List<String> command = commandOf(service);
    if (command.stream().noneMatch(word -> word.startsWith("--address"))) {
      warning(
          service.line(), path + ".command: without --address it needs a default route, wanted it");
    }
    if (command.contains("-a") || command.contains("-r")) {
      warning(service.line(), path + ".command: -a means two things, wanted the long options");
    }
  }

  private static List<String> commandOf(Entry service) {
    return Nodes.get(service.value(), "command")
        .map(
            node ->
                node instanceof SequenceNode
                    ? Nodes.words(node)
                    : List.of(Nodes.text(node).split("\\s+")))
        .orElse(List.of());
  }

  private static String text(Entry service, String key) {
    return Nodes.get(service.value(), key).map(Nodes::text).orElse("");
  }

  private void error(int line, String message) {
    found.add(Finding.error(line, message));
  }

  private void warning(int line, String message) {
    found.add(Finding.warning(line, message));
  }
}
