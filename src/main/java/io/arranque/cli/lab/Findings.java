package io.arranque.cli.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PC's own console says about its boot; pure.
 *
 * @param configHostname the name in the config that it printed
 * @param disk what it mounted, e.g. {@code /dev/vda on /mnt/data ext4}
 * @param docker where docker keeps its data, e.g. {@code /mnt/data/docker on /dev/vda}
 * @param container the container that ran
 * @param failures what it says went wrong, without the mark
 */
public record Findings(
    Optional<String> configHostname,
    Optional<String> disk,
    Optional<String> docker,
    Optional<String> container,
    List<String> failures) {
  private static final Pattern CONFIG =
      Pattern.compile(
          "LAB: config begin (?:cloud-config|user-data)\n(.*?)LAB: config end", Pattern.DOTALL);
  private static final Pattern HOSTNAME =
      Pattern.compile("^ *hostname: *[\"']?([^\"'\\s]+)", Pattern.MULTILINE);
  private static final Pattern MOUNTED = Pattern.compile("LAB: mounted (\\S+ on /mnt/\\S+ \\S+)");
  private static final Pattern DOCKER =
      Pattern.compile("LAB: docker up, data-root (\\S+ on /dev/\\S+)");
  private static final Pattern CONTAINER = Pattern.compile("LAB: container (\\S+) running");
  private static final Pattern FAILED = Pattern.compile("LAB: failed (.*)");
  private static final Pattern LOGIN = Pattern.compile("^(\\S+) login:", Pattern.MULTILINE);
  private static final Pattern DEBIAN_DISK = Pattern.compile("Arranque: disk: (.*)");
  private static final Pattern DEBIAN_CONTAINER =
      Pattern.compile("Arranque: registered: container (\\S+)");
  private static final Pattern DEBIAN_FAILED = Pattern.compile("Arranque: failed: (.*)");
  private static final Pattern MOUNT_FAILED = Pattern.compile("^mount on (\\S+): no LABEL=");

  public static Findings of(String console) {
    Matcher config = CONFIG.matcher(console);
    Optional<String> hostname = config.find() ? first(HOSTNAME, config.group(1)) : Optional.empty();
    List<String> failures =
        FAILED
            .matcher(console)
            .results()
            .map(found -> found.group(1).strip())
            .filter(failure -> !madeGood(failure, console))
            .toList();
    return new Findings(
        hostname,
        first(MOUNTED, console),
        first(DOCKER, console),
        first(CONTAINER, console),
        failures);
  }

  /** The same of a PC that boots the real Debian, in the words of the role debian-live. */
  static Findings ofDebian(String console) {
    Optional<String> disk = first(DEBIAN_DISK, console);
    List<String> failures =
        DEBIAN_FAILED.matcher(console).results().map(found -> found.group(1).strip()).toList();
    return new Findings(
        first(LOGIN, console), disk, disk, first(DEBIAN_CONTAINER, console), failures);
  }

  /**
   * A mount by label fails on a blank disk; the role then formats and mounts it by a command.
   * Whether it did is known when all commands are done.
   */
  private static boolean madeGood(String failure, String console) {
    Matcher mount = MOUNT_FAILED.matcher(failure);
    return mount.find()
        && (console.contains(" on " + mount.group(1) + " ext4")
            || !console.contains("LAB: ready after"));
  }

  /** What is missing of a good boot; empty when all is well. */
  public List<String> missing(String hostname) {
    List<String> missing = new ArrayList<>();
    if (configHostname.isEmpty()) {
      missing.add("no config was printed");
    } else if (!configHostname.get().equals(hostname)) {
      missing.add("its config was for " + configHostname.get());
    }
    if (disk.isEmpty()) {
      missing.add("no disk was mounted");
    }
    if (docker.isEmpty()) {
      missing.add("docker was not on a disk");
    }
    if (container.isEmpty()) {
      missing.add("no container ran");
    }
    failures.forEach(failure -> missing.add("failed " + failure));
    return missing;
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
