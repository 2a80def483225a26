package io.arranque.documents.rancheros;

import io.arranque.documents.rancheros.Tree.Entries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a machine is registered with its cluster: the script that does it, and its identity. */
final class Registration {
  static final String FILE = "/etc/arranque/register";

  /** With whom. */
  enum Kind {
    RANCHER2("rancher2", "rancher/rancher-agent:v2.6.14"),
    RANCHER16("rancher16", "rancher/agent:v1.2.11"),
    K3S("k3s", "rancher/k3s:v1.24.17-k3s1");

    private final String label;
    private final String image;

    Kind(String label, String image) {
      this.label = label;
      this.image = image;
    }

    static Optional<Kind> named(String label) {
      for (Kind kind : values()) {
        if (kind.label.equals(label)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }

    String label() {
      return label;
    }
  }

  private final Kind kind;
  private final Wishes wishes;
  private final Subject subject;

  private Registration(Kind kind, Wishes wishes, Subject subject) {
    this.kind = kind;
    this.wishes = wishes;
    this.subject = subject;
  }

  /** Empty when none is wanted, or what is said of it cannot be used; that is noted. */
  static Optional<Registration> of(Wishes wishes, Subject subject) {
    String word = wishes.text("register.kind").orElse("none");
    if (word.equals("none")) {
      return Optional.empty();
    }
    Optional<Kind> kind = Kind.named(word);
    if (kind.isEmpty()) {
      wishes.error("register.kind", "unknown, wanted rancher2, rancher16, k3s or none");
      return Optional.empty();
    }
    Registration registration = new Registration(kind.get(), wishes, subject);
    return registration.isComplete() ? Optional.of(registration) : Optional.empty();
  }

  private boolean isComplete() {
    List<String> needed =
        kind == Kind.RANCHER16
            ? List.of("register.url")
            : List.of("register.server", "register.token");
    boolean complete = true;
    for (String key : needed) {
      if (wishes.text(key).isEmpty()) {
        wishes.absent(key, "nothing, wanted a value to register with " + kind.label());
        complete = false;
      }
    }
    if (kind == Kind.K3S && !wishes.text("register.server").orElse("https:").startsWith("https:")) {
      wishes.error("register.server", "k3s takes https:// only, wanted e.g. https://server:6443");
      complete = false;
    }
    for (String role : nodeRoles()) {
      if (!List.of("etcd", "controlplane", "worker").contains(role)) {
        wishes.error("register.node-roles", "wanted etcd, controlplane or worker");
        complete = false;
      }
    }
    return complete;
  }

  String server() {
    return kind == Kind.RANCHER16
        ? text("register.url").replaceFirst("/v[12].*", "")
        : text("register.server");
  }

  /** Kept from boot to boot although nothing is kept: made anew, the same each time. */
  List<Entries> files() {
    return switch (kind) {
      case RANCHER2 -> List.of();
      case RANCHER16 ->
          List.of(
              Emitter.file("/var/lib/rancher/state/.registration_token", "0600", secret("token")));
      case K3S ->
          List.of(
              Emitter.file("/etc/rancher/node/password", "0600", secret("node-password")),
              Emitter.file("/etc/rancher/k3s/config.yaml", "0600", k3sConfig()));
    };
  }

  /** By the site's own secret; without one, by what the cluster gave us. */
  private String secret(String purpose) {
    String base =
        wishes
            .text("register.secret")
            .or(() -> wishes.text("register.token"))
            .orElseGet(() -> text("register.url"));
    return HostIdentity.secret(base, subject.mac(), kind.label() + "-" + purpose);
  }

  private String k3sConfig() {
    StringBuilder config = new StringBuilder();
    yaml(config, "server", text("register.server"));
    yaml(config, "token", text("register.token"));
    yaml(config, "node-name", subject.hostname());
    if (!subject.address().isEmpty()) {
      yaml(config, "node-ip", subject.address());
    }
    yaml(config, "node-label", labels());
    yaml(config, "node-taint", wishes.list("register.taints"));
    return config.toString();
  }

  private static void yaml(StringBuilder out, String key, String value) {
    out.append(key).append(": ").append(Emitter.quoted(value)).append('\n');
  }

  private static void yaml(StringBuilder out, String key, List<String> values) {
    if (!values.isEmpty()) {
      out.append(key).append(":\n");
      values.forEach(v -> out.append("  - ").append(Emitter.quoted(v)).append('\n'));
    }
  }

  /** Those whose value a template left empty are none. */
  private List<String> labels() {
    return wishes.list("register.labels").stream().filter(l -> !l.endsWith("=")).toList();
  }

  /** Also as the flags that Rancher shows. */
  private List<String> nodeRoles() {
    return wishes.list("register.node-roles").stream()
        .flatMap(words -> Stream.of(words.split("[\\s,]+")))
        .map(word -> word.replaceFirst("^--", ""))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  String script() {
    return switch (kind) {
      case RANCHER2 -> longLived("rancher-node", rancher2(), mask("register.token"));
      case K3S -> longLived("k3s-agent", k3s(), mask("register.token"));
      case RANCHER16 -> rancher16();
    };
  }

  private List<String> rancher2() {
    List<String> words =
        new ArrayList<>(
            List.of("-v", "/etc/kubernetes:/etc/kubernetes", "-v", "/var/run:/var/run", image()));
    words.addAll(List.of("--server", text("register.server"), "--token", text("register.token")));
    wishes
        .text("register.ca-checksum")
        .ifPresent(sum -> words.addAll(List.of("--ca-checksum", sum)));
    if (!subject.address().isEmpty()) {
      // Without it the agent asks its default route, and an isolated room has none.
      words.addAll(List.of("--address", subject.address()));
    }
    words.addAll(List.of("--node-name", subject.hostname()));
    labels().forEach(label -> words.addAll(List.of("--label", label)));
    wishes.list("register.taints").forEach(taint -> words.addAll(List.of("--taints", taint)));
    List<String> roles = nodeRoles();
    (roles.isEmpty() ? List.of("worker") : roles).forEach(role -> words.add("--" + role));
    return words;
  }

  private List<String> k3s() {
    return List.of(
        "-v",
        "/etc/rancher:/etc/rancher",
        "-v",
        "k3s:/var/lib/rancher/k3s",
        "-v",
        "k3s-kubelet:/var/lib/kubelet",
        "--tmpfs=/run",
        "--tmpfs=/var/run",
        image(),
        "agent");
  }

  private String longLived(String name, List<String> words, String mask) {
    String run = Shell.words(words);
    String print = run + String.join("", files().stream().map(Object::toString).toList());
    return (HEAD + LONG_LIVED)
        .replace("@MASK@", mask)
        .replace("@WHO@", Shell.word(who()))
        .replace("@DONE@", Shell.word(image() + " runs for " + server()))
        .replace("@NAME@", Shell.word(name))
        .replace("@CONFIG@", HostIdentity.fingerprint(print, subject.mac()))
        .replace("@RUN@", run);
  }

  private String rancher16() {
    List<String> words = new ArrayList<>();
    if (!subject.address().isEmpty()) {
      words.addAll(List.of("-e", "CATTLE_AGENT_IP=" + subject.address()));
    }
    if (!labels().isEmpty()) {
      words.addAll(List.of("-e", "CATTLE_HOST_LABELS=" + String.join("&", labels())));
    }
    words.addAll(
        List.of(
            "-e",
            "CATTLE_PHYSICAL_HOST_UUID=" + HostIdentity.uuid(subject.mac(), "host"),
            "-e",
            "CATTLE_DOCKER_UUID=" + HostIdentity.uuid(subject.mac(), "docker"),
            "-v",
            "/var/run/docker.sock:/var/run/docker.sock",
            "-v",
            "/var/lib/rancher:/var/lib/rancher",
            image(),
            text("register.url")));
    return (HEAD + RANCHER16)
        .replace("@MASK@", "sed 's|/scripts/[^ \"]*|/scripts/********|g'")
        .replace("@WHO@", Shell.word(who()))
        .replace("@DONE@", Shell.word("rancher-agent runs for " + server()))
        .replace("@RUN@", Shell.words(words));
  }

  private String who() {
    return "with " + server() + " as " + subject.hostname();
  }

  private String mask(String key) {
    return "sed " + Shell.word("s|" + Shell.literal(text(key)) + "|********|g");
  }

  private String image() {
    return wishes.text("register.image").orElse(kind.image);
  }

  private String text(String key) {
    return wishes.text(key).orElse("");
  }

  private static final String HEAD =
      """
      #!/bin/sh
      # register [PAUSE [SETTLE]]: registers this machine with its cluster, tries until it works, and
      # tells the appliance how it goes. May be run again at any time. PAUSE is the seconds before the
      # second try, then twice as many, up to 5 minutes; SETTLE how long the agent must have run.
      pause=${1:-5}
      settle=${2:-10}
      said=

      say() { # STAGE MESSAGE: not the same twice
        if [ "$said" != "$1 $2" ]; then
          /etc/arranque/report "$1" "$2"
          said="$1 $2"
        fi
      }
      # What a program said last, without secrets.
      last() { printf '%s\\n' "$1" | grep . | tail -n 1 | @MASK@; }
      again() { # WHY
        say failed "registration: $1"
        sleep "$pause"
        pause=$((pause * 2))
        if [ "$pause" -gt 300 ]; then pause=300; fi
      }

      until wait-for-docker; do sleep "$pause"; done
      say registering @WHO@
      """;

  private static final String LONG_LIVED =
      """
      name=@NAME@
      config=@CONFIG@
      configured() { docker inspect -f '{{index .Config.Labels "arranque.config"}}' "$name" 2>/dev/null; }
      state() { docker inspect -f '{{.State.Running}} {{.RestartCount}}' "$name" 2>/dev/null; }
      while :; do
        # On a disk it is still there from the last boot; with other values than now it has to go.
        if [ "$(configured)" != "$config" ]; then
          docker rm -f "$name" >/dev/null 2>&1
          if ! out=$(docker run -d --name "$name" --label "arranque.config=$config" \\
            --privileged --restart=unless-stopped --net=host \\
            @RUN@ 2>&1); then
            again "$(last "$out")"
            continue
          fi
        fi
        case $(state) in
          true*) ;;
          *) docker start "$name" >/dev/null 2>&1 ;;
        esac
        before=$(state)
        sleep "$settle"
        case $before in
          true*)
            # An agent that is refused ends, and docker starts it again and again.
            if [ "$(state)" = "$before" ]; then
              say registered @DONE@
              exit 0
            fi
            ;;
        esac
        again "the agent ends: $(last "$(docker logs --tail 5 "$name" 2>&1)")"
      done
      """;

  private static final String RANCHER16 =
      """
      running() { [ "$(docker inspect -f '{{.State.Running}}' rancher-agent 2>/dev/null)" = true ]; }
      # This container registers the machine, starts the agent, and ends.
      until running; do
        if out=$(docker run --rm --privileged \\
          @RUN@ 2>&1); then
          sleep "$settle"
          if running; then break; fi
        fi
        again "$(last "$out")"
      done
      say registered @DONE@
      """;
}
