package io.arranque.documents.rancheros;

import io.arranque.documents.Finding;
import io.arranque.documents.rancheros.Nodes.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The console's stage: files, then mounts, then commands, and docker only after that. What must be
 * so for that order to do what is written.
 */
final class StageRules {
  /** Mount points of the console already: mounting over one is skipped without an error. */
  private static final Set<String> TAKEN =
      Set.of(
          "/",
          "/var/lib/docker",
          "/home",
          "/opt",
          "/mnt",
          "/media",
          "/var/lib/rancher",
          "/var/log",
          "/var/lib/kubelet",
          "/run",
          "/var/run",
          "/etc/docker",
          "/proc",
          "/sys",
          "/dev",
          "/tmp");

  /** Words of mount(8) and fstab; a raw mount(2) hands them to the file system, which refuses. */
  private static final Set<String> NOT_RAW =
      Set.of("defaults", "nofail", "auto", "noauto", "user", "nouser", "users", "_netdev", "owner");

  private static final Pattern DOCKER =
      Pattern.compile("(?<![-\\w/])(/usr/bin/)?docker(-compose)?\\s|(?<![-\\w])wait-for-docker");
  private static final Pattern PERMISSIONS = Pattern.compile("0?[0-7]{3,4}");
  private static final Set<String> ENCODINGS =
      Set.of(
          "",
          "text/plain",
          "b64",
          "base64",
          "gz",
          "gzip",
          "gz+b64",
          "gzip+b64",
          "gz+base64",
          "gzip+base64");

  private final List<Finding> found;

  StageRules(List<Finding> found) {
    this.found = found;
  }

  void all(MappingNode root) {
    List<String> points = new ArrayList<>();
    Nodes.get(root, "mounts").ifPresent(rows -> Nodes.items(rows).forEach(r -> mount(r, points)));
    Nodes.get(root, "write_files")
        .ifPresent(
            files -> {
              Set<String> paths = new HashSet<>();
              Nodes.items(files).forEach(file -> file(file, paths, points));
            });
    Nodes.get(root, "runcmd").ifPresent(all -> Nodes.items(all).forEach(this::command));
    Nodes.get(root, "ssh_authorized_keys")
        .ifPresent(keys -> Nodes.items(keys).forEach(this::sshKey));
    Nodes.get(root, "hostname")
        .filter(name -> Nodes.isText(name) && !Nodes.text(name).matches("[A-Za-z0-9.-]{1,63}"))
        .ifPresent(name -> warning(name, "hostname: wanted letters, digits and hyphens"));
  }

  private void mount(Node row, List<String> points) {
    if (!(row instanceof SequenceNode)) {
      error(row, "mounts: wanted a list of four texts, got " + Nodes.kind(row));
      return;
    }
    List<Node> cells = Nodes.items(row);
    if (cells.size() < 4) {
      error(
          row,
          "mounts: fewer than four texts stop the console for good (no docker, no ssh, no login),"
              + " wanted [device, directory, type, options], got "
              + cells.size());
      return;
    }
    if (cells.size() > 4) {
      warning(row, "mounts: only the first four texts count, wanted four, got " + cells.size());
    }
    Nodes.wantTexts(row, "mounts", "it loses the whole file", found);
    place(cells.get(1), points);
    options(cells.get(3));
    String type = Nodes.text(cells.get(2));
    if (Set.of("ntfs", "xfs", "btrfs", "nfs", "nfs4", "zfs").contains(type)) {
      warning(
          row, "mounts: " + type + " is not built into RancherOS's kernel, wanted ext4 or vfat");
    }
    if (Nodes.text(cells.get(0)).startsWith("PART")) {
      warning(row, "mounts: wanted LABEL=…, UUID=… or /dev/…, which alone were seen to work");
    }
  }

  private void place(Node cell, List<String> points) {
    String directory = Nodes.text(cell).replaceAll("(?<=.)/+$", "");
    if (!directory.startsWith("/")) {
      error(cell, "mounts: wanted the directory as an absolute path");
    } else if (TAKEN.contains(directory)) {
      error(
          cell,
          "mounts: %s is a mount point already, so that this is skipped without an error, wanted a"
                  .formatted(directory)
              + " directory below, such as /mnt/data, or runcmd: [[mount, -t, ext4, …]]");
    } else if (points.contains(directory)) {
      error(cell, "mounts: one directory twice, wanted it once: the second is skipped");
    } else {
      points.add(directory);
    }
  }

  /** Whether the console has a mount point there already. */
  static boolean isTaken(String directory) {
    return TAKEN.contains(directory);
  }

  private void options(Node cell) {
    for (String word : Nodes.text(cell).split(",", -1)) {
      if (NOT_RAW.contains(word) || word.startsWith("x-") || word.startsWith("comment=")) {
        error(
            cell,
            "mounts: with the option "
                + word
                + " nothing is mounted (the kernel does not know it), wanted \"\" or \"noatime\"");
      }
    }
  }

  private void file(Node file, Set<String> paths, List<String> points) {
    if (!(file instanceof MappingNode)) {
      error(file, "write_files: wanted a mapping with path and content, got " + Nodes.kind(file));
      return;
    }
    Set<String> known = Set.of("encoding", "container", "content", "owner", "path", "permissions");
    for (Entry entry : Nodes.entries(file)) {
      if (!known.contains(entry.key())) {
        found.add(
            Finding.error(
                entry.line(),
                "write_files: unknown key "
                    + entry.key()
                    + ", ignored without a word, wanted one"
                    + " of container, content, encoding, owner, path, permissions"));
      }
    }
    String path = Nodes.get(file, "path").map(Nodes::text).orElse("");
    boolean console = Nodes.get(file, "container").isEmpty();
    if (!path.startsWith("/")) {
      error(file, "write_files: wanted path: an absolute path");
    } else if (console && !paths.add(path)) {
      error(file, "write_files: one file twice, wanted it once: the first is overwritten");
    }
    Optional<String> over = points.stream().filter(p -> path.startsWith(p + "/")).findFirst();
    if (over.isPresent()) {
      error(
          file,
          "write_files: written before %s is mounted, and hidden by it, wanted runcmd"
              .formatted(over.get()));
    }
    permissions(file, path);
    encoding(file);
    Nodes.get(file, "content").ifPresent(content -> program(path, content));
  }

  private void permissions(Node file, String path) {
    Optional<Node> given = Nodes.get(file, "permissions");
    if (given.isPresent() && !Nodes.isText(given.get())) {
      error(
          given.get(),
          "write_files: permissions without quotes are read as an octal number and written as a"
              + " decimal one, so that the file is not written, wanted \"0755\"");
    } else if (given.isPresent() && !PERMISSIONS.matcher(Nodes.text(given.get())).matches()) {
      error(given.get(), "write_files: permissions, wanted e.g. \"0644\"");
    } else if (path.equals("/etc/rc.local")
        && given.map(Nodes::text).filter(p -> p.matches("0?[0-7]{3}") && isProgram(p)).isEmpty()) {
      error(file, "write_files: /etc/rc.local is not run, wanted permissions: \"0755\"");
    }
  }

  private static boolean isProgram(String permissions) {
    return (permissions.charAt(permissions.length() - 3) - '0' & 1) == 1;
  }

  private void encoding(Node file) {
    Optional<Node> encoding = Nodes.get(file, "encoding");
    if (encoding.isPresent() && !ENCODINGS.contains(Nodes.text(encoding.get()))) {
      error(encoding.get(), "write_files: unknown encoding, wanted b64 or gz+b64");
    }
  }

  private void program(String path, Node content) {
    if (!Nodes.isText(content)) {
      error(content, "write_files: content, wanted a text, in quotes or behind |");
      return;
    }
    String script = Nodes.text(content);
    boolean docker = script.lines().anyMatch(l -> !l.strip().startsWith("#") && isDocker(l));
    if (docker && path.equals("/opt/rancher/bin/start.sh")) {
      error(content, "write_files: docker waits for the end of start.sh, wanted /etc/rc.local");
    } else if (docker
        && path.equals("/etc/rc.local")
        && script.lines().noneMatch(line -> line.strip().endsWith("&"))) {
      warning(
          content,
          "write_files: getty and sshd wait for the end of /etc/rc.local, wanted what waits for"
              + " docker in the background: ( … ) &");
    }
  }

  private void command(Node command) {
    if (command instanceof SequenceNode) {
      Nodes.wantTexts(command, "runcmd", "it loses the whole file", found);
    } else if (!Nodes.isText(command)) {
      error(
          command,
          "runcmd: it loses the whole file, wanted a text, in quotes, or a list of texts, got "
              + Nodes.kind(command));
      return;
    }
    List<String> words = Nodes.words(command);
    String line = String.join(" ", words);
    if (isDocker(line)) {
      boolean background = line.strip().endsWith("&");
      String message =
          "runcmd: docker starts when all commands have ended, wanted /etc/rc.local by write_files,"
              + " in the background, or register: in role.yaml";
      found.add(
          background
              ? Finding.warning(Nodes.line(command), message)
              : Finding.error(Nodes.line(command), message));
    }
  }

  private static boolean isDocker(String line) {
    return Arrays.stream(line.split("[;&|]+")).anyMatch(part -> DOCKER.matcher(part + " ").find());
  }

  private void sshKey(Node key) {
    if (Nodes.isText(key) && !Nodes.text(key).matches("(?s).*(ssh-|ecdsa-|sk-)\\S+ +\\S+.*")) {
      warning(key, "ssh_authorized_keys: wanted e.g. \"ssh-ed25519 AAAA… name\"");
    }
  }

  private void error(Node node, String message) {
    found.add(Finding.error(Nodes.line(node), message));
  }

  private void warning(Node node, String message) {
    found.add(Finding.warning(Nodes.line(node), message));
  }
}
