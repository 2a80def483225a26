package io.arranque.documents;

import io.arranque.documents.Node.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Ignition, specification 3.x: what Fedora CoreOS and Flatcar read once, before anything else. A
 * machine whose document is refused stops there, on a screen nobody looks at.
 */
final class Ignition {
  private static final Shape SHAPE =
      Shape.of(
          """
          ignition!:
            version!: string
            config: { merge: [&resource {
              source: string | null, compression: string | null, httpHeaders: [{ name!: string, value: string | null }],
              verification: { hash: string | null } }], replace: *resource }
            proxy: { httpProxy: string | null, httpsProxy: string | null, noProxy: [string] }
            security: { tls: { certificateAuthorities: [*resource] } }
            timeouts: { httpResponseHeaders: integer | null, httpTotal: integer | null }
          kernelArguments: { shouldExist: [string], shouldNotExist: [string] }
          passwd:
            users: [{
              name: string, passwordHash: string | null, sshAuthorizedKeys: [string], uid: integer | null,
              gecos: string | null, homeDir: string | null, noCreateHome: boolean | null, primaryGroup: string | null,
              groups: [string], noUserGroup: boolean | null, noLogInit: boolean | null, shell: string | null,
              shouldExist: boolean | null, system: boolean | null }]
            groups: [{ name: string, gid: integer | null, passwordHash: string | null, shouldExist: boolean | null, system: boolean | null }]
          storage:
            disks: [{
              device!: path, wipeTable: boolean | null,
              partitions: [{ number: integer>=0, label: string | null, sizeMiB: integer | null, startMiB: integer | null,
                typeGuid: string | null, guid: string | null, wipePartitionEntry: boolean | null, shouldExist: boolean | null, resize: boolean | null }] }]
            raid: [{ name!: string, level!: string, devices!: [1, path], spares: integer | null, options: [string] }]
            filesystems: [{
              device!: path, path: path | null, format: =ext4 | =btrfs | =xfs | =vfat | =swap | =none | null,
              wipeFilesystem: boolean | null, label: string | null, uuid: string | null, options: [string], mountOptions: [string] }]
            files: [{
              path!: path, mode: integer>=0 | null, overwrite: boolean | null, contents: *resource, append: [*resource],
              user: &owner { id: integer | null, name: string | null }, group: *owner }]
            directories: [{ path!: path, mode: integer>=0 | null, overwrite: boolean | null, user: *owner, group: *owner }]
            links: [{ path!: path, target!: string, hard: boolean | null, overwrite: boolean | null, user: *owner, group: *owner }]
            luks: [{ name!: string, device!: path, <open>: any }]
          systemd:
            units: [{
              name!: "/[^/]+\\\\.(service|socket|device|mount|automount|swap|target|path|timer|snapshot|slice|scope)/",
              enabled: boolean | null, mask: boolean | null, contents: string | null,
              dropins: [{ name!: "/.+\\\\.conf/", contents: string | null }] }]
          """);

  private static final Set<String> VERSIONS =
      Set.of("3.0.0", "3.1.0", "3.2.0", "3.3.0", "3.4.0", "3.5.0");

  private static final Pattern URL = Pattern.compile("(?s)(https?|tftp|s3|gs|arn|data):.*");
  private static final Pattern BAD_PERCENT = Pattern.compile("(?s).*%(?![0-9A-Fa-f]{2}).*");
  private static final Pattern HASH =
      Pattern.compile("sha512-[0-9a-fA-F]{128}|sha256-[0-9a-fA-F]{64}");
  private static final int MODE_MAX = 0_7777;

  /** What somebody means who writes a mode in decimal as if it were octal. */
  private static final Pattern LIKE_OCTAL =
      Pattern.compile("600|640|644|664|666|700|750|755|775|777");

  private final List<Finding> found = new ArrayList<>();

  private Ignition() {}

  static List<Finding> check(String text) {
    Parsed parsed = JsonText.parse(text);
    Ignition judging = new Ignition();
    judging.found.addAll(parsed.findings());
    parsed.documents().forEach(judging::judge);
    return List.copyOf(judging.found);
  }

  private void judge(Node root) {
    Optional<Node> version = root.at("ignition", "version");
    Optional<String> said = version.flatMap(Node::plain);
    if (said.isPresent() && !VERSIONS.contains(said.get())) {
      error(
          version.get(),
          "ignition.version: wanted 3.0.0 to 3.5.0 (3.3.0 is what all take), got " + said.get());
      return;
    }
    for (Finding finding : SHAPE.check(root)) {
      // Ignition itself says "unused key" and goes on, without what was meant.
      found.add(
          finding.message().contains("not a known key")
              ? Finding.warning(finding.line(), finding.message())
              : finding);
    }
    each(root, "storage", "files").forEach(this::file);
    each(root, "storage", "directories")
        .forEach(directory -> directory.at("mode").ifPresent(this::mode));
    root.at("ignition", "config", "replace").ifPresent(this::resource);
    each(root.at("ignition").orElse(root), "config", "merge").forEach(this::resource);
    once(
        "path",
        concat(
            each(root, "storage", "files"),
            each(root, "storage", "directories"),
            each(root, "storage", "links")));
    once("device", each(root, "storage", "filesystems"));
    once("device", each(root, "storage", "disks"));
    once("name", each(root, "passwd", "users"));
    once("name", each(root, "passwd", "groups"));
    once("name", each(root, "systemd", "units"));
    each(root, "systemd", "units").forEach(this::unit);
  }

  private void file(Node file) {
    file.at("mode").ifPresent(this::mode);
    file.at("contents").ifPresent(this::resource);
    file.at("append").stream().flatMap(Node::each).forEach(this::resource);
    boolean overwrites = file.at("overwrite").flatMap(Node::plain).equals(Optional.of("true"));
    if (overwrites && file.at("contents", "source").flatMap(Node::plain).isEmpty()) {
      error(file.at("overwrite").get(), "overwrite: wanted contents.source beside it");
    }
  }

  /** JSON has no octal numbers: 0644 is written 420. */
  private void mode(Node node) {
    if (!(node instanceof Scalar mode) || !mode.text().matches("[0-9]{1,9}")) {
      return;
    }
    int value = Integer.parseInt(mode.text());
    if (value > MODE_MAX) {
      error(node, "mode: wanted 0 to 4095 (0o7777) in decimal, got " + value);
    } else if (LIKE_OCTAL.matcher(mode.text()).matches()) {
      found.add(
          Finding.warning(
              node.line(),
              "mode: decimal %d is octal %o; octal %s is %d"
                  .formatted(value, value, mode.text(), Integer.parseInt(mode.text(), 8))));
    }
  }

  private void resource(Node resource) {
    resource.at("source").ifPresent(this::source);
    resource
        .at("compression")
        .filter(c -> !c.plain().orElse("").matches("gzip|"))
        .ifPresent(c -> error(c, "compression: wanted gzip or nothing"));
    resource
        .at("verification", "hash")
        .filter(hash -> !hash.isNothing() && !HASH.matcher(hash.plain().orElse("")).matches())
        .ifPresent(hash -> error(hash, "hash: wanted sha512-… or sha256-…, in hex"));
  }

  private void source(Node source) {
    String url = source.plain().orElse("");
    if (url.isEmpty()) {
      return;
    }
    if (!URL.matcher(url).matches()) {
      error(
          source, "source: wanted a URL that begins with https:, http:, tftp:, s3:, gs: or data:");
    } else if (url.startsWith("data:") && !url.contains(",")) {
      error(source, "source: wanted a comma between data: and the data");
    } else if (BAD_PERCENT.matcher(url).matches()) {
      error(source, "source: wanted two hex digits after each %");
    }
  }

  /** systemd's own files: a section, then settings. */
  private void unit(Node unit) {
    List<Node> texts = new ArrayList<>();
    unit.at("contents").ifPresent(texts::add);
    unit.at("dropins").stream()
        .flatMap(Node::each)
        .forEach(dropin -> dropin.at("contents").ifPresent(texts::add));
    for (Node text : texts) {
      for (String line : text.plain().orElse("").lines().map(String::strip).toList()) {
        if (line.startsWith("[") && !line.endsWith("]")) {
          error(text, "contents: wanted ] at the end of the section " + line);
        }
      }
    }
  }

  private void once(String key, List<Node> nodes) {
    Map<String, Integer> lines = new HashMap<>();
    for (Node node : nodes) {
      Optional<Node> value = node.at(key);
      Optional<String> name = value.flatMap(Node::plain);
      if (name.isPresent()) {
        Integer first = lines.putIfAbsent(name.get(), value.get().line());
        if (first != null) {
          error(value.get(), key + " " + name.get() + " stands in line " + first + " too");
        }
      }
    }
  }

  private void error(Node at, String message) {
    found.add(Finding.error(at.line(), message));
  }

  private static List<Node> each(Node root, String section, String list) {
    return root.at(section, list).stream().flatMap(Node::each).toList();
  }

  private static List<Node> concat(List<Node> first, List<Node> second, List<Node> third) {
    List<Node> all = new ArrayList<>(first);
    all.addAll(second);
    all.addAll(third);
    return all;
  }
}
