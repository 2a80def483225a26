package io.arranque.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ours: the built jar, as users start it. */
final class ArranqueProgram implements DhcpProgram {
  @Override
  public String name() {
    return "arranque";
  }

  @Override
  public String title() {
    return "Arranque";
  }

  @Override
  public List<String> prepare(Path folder) throws IOException {
    Path site = folder.resolve("site");
    Path root = Path.of(System.getProperty("arranque.root", "."));
    for (String part : List.of("ipxe-scripts", "cloud-init")) {
      copy(root.resolve(part), site.resolve(part));
    }
    Files.createDirectories(site.resolve("tftp"));
    for (String loader : List.of("undionly.kpxe", "snponly.efi")) {
      Files.writeString(site.resolve("tftp").resolve(loader), "never fetched here");
    }
    Files.createDirectories(site.resolve("dhcp"));
    Files.writeString(site.resolve("dhcp/room.yaml"), room());
    for (Net.Subnet subnet : Net.BEHIND_RELAY) {
      Files.writeString(site.resolve("dhcp").resolve(subnet.name() + ".yaml"), far(subnet));
    }
    return List.of(
        java(),
        "-Xmx256m",
        "-Darranque.home=" + root.toAbsolutePath(),
        "-jar",
        jar(),
        "serve",
        "--site",
        site.toString(),
        "--state",
        folder.resolve("state").toString());
  }

  private static String room() {
    String bulky =
        IntStream.rangeClosed(Net.BULKY_FIRST, Net.BULKY_LAST)
            .mapToObj(code -> "  %d: \"text:%s\"%n".formatted(code, Net.BULKY))
            .collect(Collectors.joining());
    return head(Net.ROOM)
        + """
        interface: %s
        mode: server
        authoritative: true
        pool: [%s-%s]
        reservations:
          "%s": %s
          "%s": %s
        options:
          ntp-servers: [%s]
          domain-search: [%s]
          classless-static-route: ["10.99.0.0/16 10.5.0.9"]
          %d: "text:%s"
        """
            .formatted(
                Net.CARD,
                Net.ROOM.first(),
                Net.ROOM.last(),
                Net.RESERVED_MAC,
                Net.RESERVED,
                Net.BOOTP_MAC,
                Net.BOOTP,
                Net.NTP,
                String.join(", ", Net.SEARCH),
                Net.LONG_CODE,
                Net.LONG_TEXT)
        + bulky;
  }

  private static String far(Net.Subnet subnet) {
    String text = head(subnet) + "interface: none\n";
    if (subnet.equals(Net.PROXY)) {
      return text + "mode: proxy\n";
    }
    text += "mode: server\npool: [" + subnet.first() + "-" + subnet.last() + "]\n";
    text += "authoritative: " + !subnet.equals(Net.QUIET) + "\n";
    return subnet.equals(Net.FAR)
        ? text + "reservations: { \"%s\": %s }%n".formatted(Net.FAR_BOOTP_MAC, Net.FAR_BOOTP)
        : text;
  }

  private static String head(Net.Subnet subnet) {
    return """
    subnet: %s/%d
    router: %s
    dns: [%s, %s]
    domain: %s
    lease-time: 1h
    probe: false
    """
        .formatted(
            subnet.network(),
            subnet.prefix(),
            subnet.router(),
            Net.DNS.get(0),
            Net.DNS.get(1),
            Net.DOMAIN);
  }

  @Override
  public List<String> version() {
    return List.of(java(), "-jar", jar(), "--version");
  }

  @Override
  public Map<Feature, String> lacks() {
    return Map.of();
  }

  @Override
  public Lab.Limits limits() {
    return new Lab.Limits(Duration.ofSeconds(5), Duration.ofMillis(400));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String jar() {
    return System.getProperty("arranque.jar", "target/arranque.jar");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(Files.isDirectory(file) ? copy : copy.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, copy);
        }
      }
    }
  }
}
