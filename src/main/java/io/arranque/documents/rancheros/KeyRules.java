package io.arranque.documents.rancheros;

import io.arranque.documents.Finding;
import io.arranque.documents.rancheros.Nodes.Entry;
import io.arranque.documents.rancheros.Schema.Kind;
import io.arranque.documents.rancheros.Schema.Moment;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Which keys are read at all, and what each must hold. */
final class KeyRules {
  private static final Set<String> NEEDS_INTERNET =
      Set.of("rancher.console", "rancher.docker.engine", "rancher.services_include");
  private static final Set<String> BURMILLA =
      Set.of("rancher.docker.data_root", "rancher.docker.userns_enabled");

  private final Channel channel;
  private final List<Finding> found;

  KeyRules(Channel channel, List<Finding> found) {
    this.channel = channel;
    this.found = found;
  }

  void top(MappingNode root) {
    object(root, "");
    new StageRules(found).all(root);
  }

  private void object(Node node, String path) {
    for (Entry entry : Nodes.entries(node)) {
      String here = path.isEmpty() ? entry.key() : path + "." + entry.key();
      Optional<Schema.Key> known = Schema.key(here);
      if (known.isEmpty()) {
        unknown(entry, here, path);
      } else if (known.get().moment() == Moment.EARLY && channel == Channel.URL) {
        // What is inside is lost with it.
        error(entry.line(), here + ": " + Advice.tooLate(here));
      } else {
        remarks(entry, here);
        value(entry.value(), here, known.get().kind(), entry.line());
      }
    }
  }

  private void unknown(Entry entry, String here, String path) {
    String hint =
        Advice.on(here)
            .orElseGet(() -> "unknown key, ignored without a word, wanted one of " + names(path));
    error(entry.line(), here + ": " + hint);
  }

  private static String names(String path) {
    return String.join(", ", Schema.below(path));
  }

  private void remarks(Entry entry, String here) {
    if (NEEDS_INTERNET.contains(here) && !Nodes.text(entry.value()).equals("default")) {
      warning(
          entry.line(), here + ": needs the internet and a default route at each boot from RAM");
    } else if (BURMILLA.contains(here)) {
      warning(entry.line(), here + ": BurmillaOS 2 only, wanted extra_args, which both know");
    } else if (here.equals("rancher.docker.graph")) {
      warning(
          entry.line(),
          here + ": RancherOS 1.x only, wanted extra_args: [\"--data-root\", …], which both know");
    } else if (here.endsWith("docker.args")) {
      warning(entry.line(), here + ": replaces all arguments of docker, wanted extra_args");
    } else if (here.equals("rancher.network.dhcp_timeout") && channel == Channel.URL) {
      warning(
          entry.line(),
          here
              + ": too late for the fetch itself, wanted it on the kernel command line"
              + " (dhcp-timeout: in role.yaml)");
    } else if (here.equals("bootcmd")) {
      warning(entry.line(), here + ": runs only when the state disk fails to mount, wanted runcmd");
    }
  }

  private void value(Node node, String path, Kind kind, int line) {
    if (Nodes.isNothing(node)) {
      warning(line, path + ": nothing behind it, wanted " + kind.wanted());
      return;
    }
    switch (kind) {
      case TEXT -> text(node, path, line);
      case NUMBER -> {
        if (!Nodes.isNumber(node)) {
          wrong(node, path, kind, line);
        }
      }
      case FLAG -> {
        if (!Nodes.isFlag(node)) {
          wrong(node, path, kind, line);
        }
      }
      case LIST -> list(node, path, kind, line);
      case MAP -> map(node, path, kind, line);
      case OPEN -> {}
      case OBJECT -> {
        if (node instanceof MappingNode) {
          object(node, path);
        } else {
          wrong(node, path, kind, line);
        }
      }
      case FILES, MOUNTS, COMMANDS -> {
        if (!(node instanceof SequenceNode)) {
          wrong(node, path, kind, line);
        }
      }
      case SERVICES -> {
        if (node instanceof MappingNode) {
          new ServiceRules(found).all(node, path);
        } else {
          wrong(node, path, kind, line);
        }
      }
      case INTERFACES -> interfaces(node, path, kind, line);
    }
  }

  /** Numbers are read as such, {@code 010} is 8 then; yes, no, on and off are flags. */
  private void text(Node node, String path, int line) {
    if (!(node instanceof ScalarNode scalar)) {
      wrong(node, path, Kind.TEXT, line);
    } else if (Nodes.isNumber(node) && scalar.getValue().matches("0|[1-9][0-9]*")) {
      warning(line, path + ": a number, wanted it in quotes");
    } else if (!Nodes.isText(node)) {
      error(
          line, path + ": would be read as something else, wanted quotes, got " + Nodes.kind(node));
    }
  }

  private void list(Node node, String path, Kind kind, int line) {
    if (!(node instanceof SequenceNode)) {
      wrong(node, path, kind, line);
      return;
    }
    Set<String> seen = new HashSet<>();
    for (Node item : Nodes.items(node)) {
      if (!(item instanceof ScalarNode)) {
        wrong(item, path, Kind.TEXT, Nodes.line(item));
      } else if (!Nodes.isText(item)) {
        error(
            Nodes.line(item),
            path + ": would be read as something else, wanted quotes, got " + Nodes.kind(item));
      } else if (!seen.add(Nodes.text(item))) {
        warning(Nodes.line(item), path + ": the same twice, wanted it once");
      }
    }
  }

  private void map(Node node, String path, Kind kind, int line) {
    if (!(node instanceof MappingNode)) {
      wrong(node, path, kind, line);
      return;
    }
    for (Entry entry : Nodes.entries(node)) {
      if (!Nodes.isNothing(entry.value())) {
        text(entry.value(), path + "." + entry.key(), entry.line());
      }
    }
  }

  private void interfaces(Node node, String path, Kind kind, int line) {
    if (!(node instanceof MappingNode)) {
      wrong(node, path, kind, line);
      return;
    }
    for (Entry card : Nodes.entries(node)) {
      for (Entry entry : Nodes.entries(card.value())) {
        String here = path + "." + card.key() + "." + entry.key();
        boolean list = Set.of("addresses", "post_up", "pre_up").contains(entry.key());
        if (!Schema.INTERFACE.contains(entry.key())) {
          error(
              entry.line(),
              here
                  + ": unknown key, ignored without a word, wanted one of "
                  + String.join(", ", new java.util.TreeSet<>(Schema.INTERFACE)));
        } else if (list) {
          list(entry.value(), here, Kind.LIST, entry.line());
        }
      }
    }
  }

  private void wrong(Node node, String path, Kind kind, int line) {
    error(
        line,
        path
            + ": of the wrong kind, for which RancherOS drops the whole file, wanted "
            + kind.wanted()
            + ", got "
            + Nodes.kind(node));
  }

  private void error(int line, String message) {
    found.add(Finding.error(line, message));
  }

  private void warning(int line, String message) {
    found.add(Finding.warning(line, message));
  }
}
