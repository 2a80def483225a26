package io.arranque.documents.rancheros;

import io.arranque.documents.rancheros.Tree.Entries;
import io.arranque.documents.rancheros.Tree.Items;
import io.arranque.documents.rancheros.Tree.Literal;
import io.arranque.documents.rancheros.Tree.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says each wish where RancherOS hears it, for one channel. Used once. */
final class Writer {
  static final String RC_LOCAL = "/etc/rc.local";

  /** An operator's own script: run by ours, before it registers. */
  static final String LOCAL = "/etc/arranque/local";

  private static final String KERNEL_LINE = "kernel command line";
  private static final String STATE_LABEL = "LABEL=RANCHER_STATE";
  private static final String DEFAULT_LABEL = "ARRANQUE_DATA";
  private static final String DEFAULT_POINT = "/mnt/data";

  private final Channel channel;
  private final Subject subject;
  private final Wishes wishes;
  private final String document;
  private final List<String> words = new ArrayList<>();
  private final List<Choice> choices = new ArrayList<>();
  private final List<Tree> files = new ArrayList<>();
  private final List<Tree> commands = new ArrayList<>();
  private Entries tree = new Entries(Map.of());

  Writer(Channel channel, Subject subject, Wishes wishes) {
    this.channel = channel;
    this.subject = subject;
    this.wishes = wishes;
    this.document =
        channel == Channel.URL ? "cloud-config by URL" : "cloud-config in the initrd overlay";
  }

  List<String> words() {
    return List.copyOf(words);
  }

  List<Choice> choices() {
    return List.copyOf(choices);
  }

  Entries root() {
    return tree;
  }

  void write(String why) {
    choices.add(new Choice("channel", document, why));
    put("hostname", new Text(subject.hostname()));
    keys();
    file(DiskScripts.REPORT_FILE, DiskScripts.report(subject.documentsUrl()));
    line();
    state();
    Optional<String> point = dataDisk();
    docker(point);
    Optional<Registration> registration = Registration.of(wishes, subject);
    registration.ifPresent(this::register);
    rcLocal(registration.isPresent());
    put("write_files", new Items(files));
    if (!commands.isEmpty()) {
      put("runcmd", new Items(commands));
    }
    if (channel == Channel.URL) {
      words.add("rancher.cloud_init.datasources=[url:" + subject.documentsUrl() + "/cloud-config]");
    }
  }

  private void keys() {
    List<String> keys = wishes.list("ssh-keys").stream().distinct().toList();
    if (!keys.isEmpty()) {
      put("ssh_authorized_keys", Tree.texts(keys));
      choose("ssh-keys", "the console puts them in place, for the user rancher");
      for (String key : keys) {
        if (!key.matches("(.* )?(ssh-|ecdsa-|sk-)\\S+ +\\S+.*")) {
          wishes.warning("ssh-keys", "wanted e.g. \"ssh-ed25519 AAAA… name\"");
        }
      }
    }
  }

  /** What is read nowhere else, or matters before anything can be fetched. */
  private void line() {
    Optional<String> timeout = wishes.text("dhcp-timeout");
    if (channel == Channel.URL) {
      // A switch port that is still learning costs 30 s; RancherOS itself gives up after 10.
      words.add("rancher.network.dhcp_timeout=" + timeout.orElse("60"));
      choices.add(
          new Choice("dhcp-timeout", KERNEL_LINE, "it is about the address for the fetch itself"));
    } else if (timeout.isPresent()) {
      put("rancher.network.dhcp_timeout", new Literal(timeout.get()));
      choose("dhcp-timeout", "the overlay is read before the network is used");
    }
    if (timeout.filter(t -> !t.matches("[1-9][0-9]{0,3}")).isPresent()) {
      wishes.error("dhcp-timeout", "not a number of seconds, wanted e.g. 60");
    }
    for (String key : List.of("password", "autologin")) {
      wishes
          .text(key)
          .ifPresent(
              value -> {
                words.add("rancher." + key + "=" + value);
                choices.add(
                    new Choice(
                        key,
                        KERNEL_LINE,
                        "RancherOS reads it from there only, readable"
                            + " to everybody who sees the script; ssh-keys are better"));
                if (!value.matches("[!-~]+") || value.matches(".*[\\[\\]{}'\"#,\\\\`].*")) {
                  wishes.error(key, "wanted letters, digits and simple signs, without blanks");
                }
              });
    }
  }

  private void state() {
    Optional<String> wanted = wishes.text("state-disk");
    if (wanted.isEmpty()) {
      return;
    }
    String disk = wanted.get();
    String why =
        "the state disk is mounted before a cloud-config is fetched, where it would be ignored";
    if (disk.equals("none")) {
      words.add("rancher.state.dev=none");
      choices.add(new Choice("state-disk", KERNEL_LINE, why));
      return;
    }
    if (!isDevice(disk)) {
      wishes.error("state-disk", "not a device, wanted e.g. /dev/sda or LABEL=RANCHER_STATE");
    }
    boolean whole = disk.startsWith("/dev/");
    if (channel == Channel.URL) {
      words.add("rancher.state.dev=" + (whole ? STATE_LABEL : disk));
      if (whole) {
        words.add("rancher.state.autoformat=[" + disk + "]");
      }
      words.add("rancher.state.wait");
      choices.add(new Choice("state-disk", KERNEL_LINE, why));
    } else {
      put("rancher.state.dev", new Text(whole ? STATE_LABEL : disk));
      if (whole) {
        put("rancher.state.autoformat", Tree.texts(List.of(disk)));
      }
      put("rancher.state.wait", new Literal("true"));
      choose("state-disk", "the overlay is read before the state disk is mounted");
    }
    file(DiskScripts.STATE_DISK_FILE, DiskScripts.stateDisk(disk));
  }

  /** Where it is mounted. */
  private Optional<String> dataDisk() {
    Optional<String> disk = wishes.text("data-disk.device");
    if (disk.isEmpty()) {
      return Optional.empty();
    }
    String label = wishes.text("data-disk.label").orElse(DEFAULT_LABEL);
    String point = wishes.text("data-disk.mount").orElse(DEFAULT_POINT);
    if (disk.equals(wishes.text("state-disk"))) {
      wishes.warning("data-disk.device", "the state disk already, wanted another one or none");
    }
    if (!isDevice(disk.get())) {
      wishes.error("data-disk.device", "not a device, wanted e.g. /dev/sda or LABEL=DATA");
    }
    if (!label.matches("[A-Za-z0-9_.-]{1,16}")) {
      wishes.error("data-disk.label", "wanted up to 16 letters, digits, _ . and -");
    }
    if (!point.matches("/[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*") || StageRules.isTaken(point)) {
      wishes.error(
          "data-disk.mount",
          "no directory of its own (/var/lib/docker, /home, /opt, /mnt are mount points already),"
              + " wanted e.g. /mnt/data");
    }
    boolean whole = disk.get().startsWith("/dev/");
    put(
        "mounts",
        new Items(
            List.of(
                Tree.texts(
                    List.of(whole ? "LABEL=" + label : disk.get(), point, "ext4", "noatime")))));
    file(DiskScripts.DATA_DISK_FILE, DiskScripts.dataDisk(disk.get(), label, point));
    commands.add(Tree.texts(List.of(DiskScripts.DATA_DISK_FILE)));
    choose("data-disk", "mounts, then runcmd, which formats a blank disk: both before docker");
    return Optional.of(point);
  }

  private void docker(Optional<String> point) {
    List<String> arguments = new ArrayList<>();
    String root = wishes.text("docker.data-root").orElse(point.map(p -> p + "/docker").orElse(""));
    if (!root.isEmpty() && !root.equals("none")) {
      // graph of RancherOS 1.x is data_root in BurmillaOS 2; docker's own option is in both.
      arguments.addAll(List.of("--data-root", root));
      if (!root.startsWith("/")) {
        wishes.error("docker.data-root", "wanted an absolute path, or none");
      }
    }
    arguments.addAll(wishes.list("docker.extra-args"));
    if (!arguments.isEmpty()) {
      put("rancher.docker.extra_args", Tree.texts(arguments));
    }
    List<String> registries =
        wishes.list("docker.insecure-registries").stream().distinct().toList();
    if (!registries.isEmpty()) {
      put("rancher.docker.insecure_registry", Tree.texts(registries));
    }
    wishes
        .text("docker.mirror")
        .ifPresent(url -> put("rancher.docker.registry_mirror", new Text(url)));
    if (!arguments.isEmpty() || !registries.isEmpty() || wishes.has("docker.mirror")) {
      choose("docker", "docker starts after the console's stage, long after the fetch");
    }
  }

  private void register(Registration registration) {
    files.addAll(registration.files());
    file(Registration.FILE, registration.script());
    choose(
        "register",
        "a script behind /etc/rc.local: docker is not there before, and RancherOS tries a service"
            + " once only");
  }

  /** Precedes sshd and getty, so it must not block; docker is on its way when it runs. */
  private void rcLocal(boolean registers) {
    StringBuilder script =
        new StringBuilder(
            """
            #!/bin/sh
            # Runs when docker may start, and before sshd: must not block, hence the background.
            (
            """);
    if (files.stream().anyMatch(f -> isFile(f, DiskScripts.STATE_DISK_FILE))) {
      script.append("  " + DiskScripts.STATE_DISK_FILE + "\n");
    }
    script.append("  if [ -x " + LOCAL + " ]; then " + LOCAL + "; fi\n");
    script
        .append("  /etc/arranque/report up ")
        .append(Shell.word(subject.hostname() + " is up"))
        .append('\n');
    if (registers) {
      script.append("  " + Registration.FILE + "\n");
    }
    script.append(") </dev/null >/var/log/arranque.log 2>&1 &\n");
    file(RC_LOCAL, script.toString());
  }

  private static boolean isFile(Tree file, String path) {
    return file instanceof Entries e && e.get("path").equals(Optional.of(new Text(path)));
  }

  private static boolean isDevice(String text) {
    return text.matches("/dev/[A-Za-z0-9][A-Za-z0-9/_.:-]*|(LABEL|UUID)=[A-Za-z0-9_.-]+");
  }

  private void file(String path, String script) {
    files.add(Emitter.file(path, "0755", script));
  }

  private void put(String path, Tree value) {
    tree = Tree.with(tree, path, value);
  }

  private void choose(String what, String why) {
    choices.add(new Choice(what, document, why));
  }
}
