package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule broken alone in a site that is good otherwise: one problem, its whole line. */
class SiteProblemsTest {
  private static final String SEGMENT = "subnet: 10.7.0.0/24\npool: [10.7.0.10-10.7.0.20]\n";

  @TempDir private Path folder;
  private SiteOnDisk site;

  @BeforeEach
  void copy() {
    site = SiteOnDisk.copyOf("minimal", folder);
  }

  static Stream<Arguments> segments() {
    return Stream.of(
        arguments("lease-time: 30s", "lease-time: too short, wanted at least 1m, got 30s"),
        arguments("lease-time: 90w", "lease-time: too long, wanted at most 365d, got 630d"),
        arguments(
            "mode: servr", "mode: unknown word, wanted server or proxy or off, got \"servr\""),
        arguments(
            "router: 10.8.0.1",
            "router: outside the subnet, wanted one in 10.7.0.0/24, got 10.8.0.1"),
        arguments(
            "router: 10.7.0.0",
            "router: the network's own address, wanted a machine's, got 10.7.0.0"),
        arguments(
            "router: [10.7.0.1]",
            "router: not a single value, wanted e.g. 192.168.33.1, got a list"),
        arguments(
            "router: 10.7.0.300",
            "router: not an IPv4 address, wanted e.g. 192.168.33.1, got \"10.7.0.300\""),
        arguments(
            "dns: [10.7.0.1, here]",
            "dns[1]: not an IPv4 address, wanted e.g. 192.168.33.1, got \"here\""),
        arguments(
            "authoritative: si",
            "authoritative: not a yes or no, wanted true or false, got \"si\""),
        arguments(
            "interface: a-very-long-card-name",
            "interface: not a network card, wanted a name such as eth1, or none, got \"a-very-long-card-name\""),
        arguments("domain: a..b", "domain: not a domain name, wanted e.g. sala5.lab, got \"a..b\""),
        arguments(
            "colour: red",
            "colour: unknown key, wanted one of subnet, router, interface, mode, authoritative, probe, pool, dns, domain, lease-time, options, reservations, unknown-machines, room, vars, arming, pairing"),
        arguments("leaseTime: 1h", "leaseTime: unknown key, did you mean \"lease-time\"?"),
        arguments("pool: [10.7.0.1]", "pool: a key twice, wanted it once, got it in line 2 too"),
        arguments(
            "reservations: { zz: 10.7.0.9 }",
            "reservations.zz: not a MAC, wanted e.g. \"52:54:00:12:34:56\", got \"zz\""),
        arguments(
            "reservations: { \"52:54:00:00:00:01\": 10.7.0.255 }",
            "reservations.52:54:00:00:00:01: the broadcast address, wanted a machine's, got 10.7.0.255"),
        arguments(
            "reservations: { \"52:54:00:00:00:01\": 10.7.0.8, 52-54-00-00-00-01: 10.7.0.9 }",
            "reservations.52-54-00-00-00-01: a MAC twice, wanted it once, got it in line 3 too"),
        arguments(
            "options: { 53: 1 }",
            "options.53: not an option to set here, wanted none: the DHCP exchange itself decides it"),
        arguments(
            "options: { lease-time: 1h }",
            "options.lease-time: not an option to set here, wanted none: use the key \"lease-time\""),
        arguments(
            "options: { ntp-server: x }", "options.ntp-server: not an option's value, wanted"),
        arguments(
            "options: { ntp-servrs: 10.7.0.1 }",
            "options.ntp-servrs: unknown option, did you mean \"ntp-servers\"?"),
        arguments(
            "options: { 42: 10.7.0.1, ntp-servers: 10.7.0.1 }",
            "options.ntp-servers: an option twice, wanted it once, got it as 42 too"),
        arguments(
            "vars: { room: x }",
            "vars.room: a name that templates already have, wanted another, got \"room\""),
        arguments(
            "vars: { a-b: 1, a_b: 2 }",
            "vars.a_b: the same name in templates as a-b, wanted one of them"),
        arguments("vars: { a: }", "vars.a: no value, wanted one, or \"\" for empty text"),
        arguments("vars: [a]", "vars: not a mapping, wanted key: value, got a list"),
        arguments(
            "room: sala 5",
            "room: not a name, wanted letters, digits, - _ and . only, got \"sala 5\""));
  }

  @ParameterizedTest
  @MethodSource("segments")
  void aMistakeInASegmentIsOneProblem(String line, String expected) {
    site.write("dhcp/extra.yaml", SEGMENT + line + "\n");
    assertThat(site.problems())
        .singleElement()
        .asString()
        .startsWith("dhcp/extra.yaml:3 " + expected);
    assertThat(site.load().site()).isEmpty();
  }

  static Stream<Arguments> files() {
    return Stream.of(
        arguments(
            "dhcp/x.yaml",
            "subnet: 10.7.0.0/24\nrouter: 10.7.0.1\nrouter 2\n",
            "dhcp/x.yaml:3: not YAML: could not find expected ':', wanted e.g. key: value, got \"router 2\""),
        arguments(
            "dhcp/x.yaml",
            "pool: [10.7.0.1]\n",
            "dhcp/x.yaml:1 subnet: missing, wanted e.g. 192.168.33.0/24"),
        arguments(
            "dhcp/x.yaml", "- a\n", "dhcp/x.yaml:1: not a mapping, wanted key: value, got a list"),
        arguments(
            "dhcp/x.yaml",
            "subnet: 10.7.0.1/24\npool: [10.7.0.7]\n",
            "dhcp/x.yaml:1 subnet: not a subnet, wanted e.g. 192.168.33.0/24, got \"10.7.0.1/24\""),
        arguments(
            "dhcp/x.yaml",
            "subnet: 10.7.0.0/31\npool: []\n",
            "dhcp/x.yaml:1 subnet: no room for machines, wanted a prefix of 8 to 30, got /31"),
        arguments(
            "dhcp/x.yaml",
            "subnet: 10.5.0.0/16\npool: [10.5.1.1]\n",
            "dhcp/x.yaml:1 subnet: overlapping subnets, wanted addresses of one segment only, got 10.5.0.0/16 beside 10.5.0.0/24 in dhcp/wire.yaml:1"),
        arguments(
            "dhcp/x.yaml",
            "subnet: 10.7.0.0/24\npool: [10.7.0.1-10.7.0.9]\nrouter: 10.7.0.1\n",
            "dhcp/x.yaml:2 pool[0]: the router is in it, wanted a range without 10.7.0.1, got 10.7.0.1-10.7.0.9"),
        arguments(
            "dhcp/x.yaml",
            "subnet: 10.7.0.0/24\npool: [10.7.0.1-10.7.0.9, 10.7.0.9-10.7.0.10]\n",
            "dhcp/x.yaml:2 pool[1]: overlapping ranges, wanted each address once, got 10.7.0.9-10.7.0.10 beside 10.7.0.1-10.7.0.9"),
        arguments(
            "dhcp/x.yaml",
            "subnet: 10.7.0.0/24\npool: [10.7.0.9-10.7.0.1]\n",
            "dhcp/x.yaml:2 pool[0]: not an address range, wanted e.g. 192.168.33.100-192.168.33.199, got \"10.7.0.9-10.7.0.1\""),
        arguments(
            "dhcp/x.yaml",
            "subnet: 10.7.0.0/24\nrouter: 10.7.0.1\nreservations:\n  52:54:00:00:00:01: 10.7.0.1\n",
            "dhcp/x.yaml:4 reservations.52:54:00:00:00:01: the router's address, wanted a machine's own, got 10.7.0.1"),
        arguments(
            "dhcp/x.yml",
            SEGMENT,
            "dhcp/x.yml:1: not read, wanted a name that ends in .yaml, got .yml"),
        arguments(
            "dhcp/x.yaml",
            "vars: &a\n  b: *a\n" + SEGMENT,
            "dhcp/x.yaml:1: not YAML: an alias that contains itself"),
        arguments(
            "dhcp/x.yaml",
            SEGMENT + "vars: { a: \"\u0001\" }\n",
            "dhcp/x.yaml:3: not YAML: a character that YAML forbids"),
        arguments(
            "arranque.yaml",
            "nam: x\n",
            "arranque.yaml:1 nam: unknown key, did you mean \"name\"?"),
        arguments(
            "arranque.yaml",
            "http:\n  prt: 1\n",
            "arranque.yaml:2 http.prt: unknown key, did you mean \"port\"?"),
        arguments(
            "arranque.yaml",
            "http: 8081\n",
            "arranque.yaml:1 http: not a mapping, wanted key: value, got a single value"),
        arguments(
            "arranque.yaml",
            "http: { port: 8080 }\n",
            "arranque.yaml:1 http: the port of http and of web, wanted two, got 8080 twice"),
        arguments(
            "arranque.yaml",
            "boot-url: ftp://x\n",
            "arranque.yaml:1 boot-url: not a URL that machines can reach, wanted auto or e.g. http://192.168.33.1:8081, got \"ftp://x\""),
        arguments(
            "arranque.yaml",
            "database: mysql\n",
            "arranque.yaml:1 database: not a database, wanted auto or"),
        arguments(
            "arranque.yaml",
            "tftp: { block-size-max: 4 }\n",
            "arranque.yaml:1 tftp.block-size-max: not a number in range, wanted 8 to 65464, got \"4\""),
        arguments(
            "cloud-init/x/role.yaml",
            "description: x\n",
            "cloud-init/x/role.yaml:1 boot: missing, wanted"),
        arguments(
            "cloud-init/x/user-data",
            "x",
            "cloud-init/x/role.yaml:1: missing, wanted the role's description and boot: SCRIPT"),
        arguments(
            "cloud-init/ignore/role.yaml",
            "boot: error\n",
            "cloud-init/ignore:1: a word of unknown-machines, wanted another name, got \"ignore\""),
        arguments(
            "cloud-init/x/role.yaml",
            "boot: error\nvars: { a: { type: int } }\n",
            "cloud-init/x/role.yaml:2 vars.a.type: unknown word, wanted string or secret or integer or boolean or url or device, got \"int\""),
        arguments(
            "cloud-init/x/role.yaml",
            "boot: error\nvars:\n  a: sda\n",
            "cloud-init/x/role.yaml:3 vars.a: not a mapping, wanted key: value, got a single value"),
        arguments(
            "cloud-init/x/role.yaml",
            "boot: error\nmatch: [ { vender: x } ]\n",
            "cloud-init/x/role.yaml:2 match[0].vender: unknown key, did you mean \"vendor\"?"),
        arguments(
            "cloud-init/x/role.yaml",
            "boot: error\nmatch: [ { } ]\n",
            "cloud-init/x/role.yaml:2 match[0]: an empty rule, wanted one of room, segment, vendor, model, firmware, memory, cpus, serial, uuid, mac"),
        arguments(
            "images/x/image.yaml",
            "kernel: ../../etc/passwd\n",
            "images/x/image.yaml:1 kernel: not a name, wanted"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aMistakeInAFileIsOneError(String file, String text, String expected) {
    site.write(file, text);
    assertThat(site.load().problems().errors())
        .singleElement()
        .asString()
        .startsWith(expected)
        .doesNotContain("\n");
  }

  static Stream<Arguments> warnings() {
    return Stream.of(
        arguments(
            "cloud-init/x/role.yaml",
            "boot: error\nimage: os\n",
            "cloud-init/x/role.yaml:2 image: warning: incomplete image, wanted images/os/vmlinuz: 'arranque image add' fetches it, see images/README.md"),
        arguments(
            "images/os/vmlinuz",
            "kernel",
            "images/os:1: warning: incomplete image, wanted images/os/initrd: 'arranque image add'"),
        arguments(
            "cloud-init/x/role.yaml",
            "boot: error\nimage: lab\n",
            "cloud-init/x/role.yaml:2 image: warning: incomplete image, wanted images/lab/vmlinuz: src/lab/build-image images/lab builds it"),
        arguments(
            "cloud-init/x/role.yaml",
            "boot: error\nvars:\n  a: { required: true, default: b }\n",
            "cloud-init/x/role.yaml:3 vars.a.required: warning: a default makes it pointless"),
        arguments(
            "dhcp/x.yaml",
            "subnet: 10.7.0.0/24\n",
            "dhcp/x.yaml:1 pool: warning: missing, wanted addresses to give away"),
        arguments(
            "dhcp/x.yaml",
            SEGMENT + "mode: proxy\n",
            "dhcp/x.yaml:2 pool: warning: not used with mode: proxy"),
        arguments(
            "arranque.yaml",
            "boot-url: https://x.example/\n",
            "arranque.yaml:1 boot-url: warning: https, wanted http"));
  }

  @ParameterizedTest
  @MethodSource("warnings")
  void aWarningDoesNotKeepTheSiteAway(String file, String text, String expected) {
    site.write(file, text);
    assertThat(site.problems()).singleElement().asString().startsWith(expected);
    assertThat(site.load().site()).isPresent();
  }

  @Test
  void missingLoadersAreAWarningThatNamesTheCommand() {
    site.delete("tftp/snponly.efi").delete("tftp/ipxe.efi");
    assertThat(site.problems())
        .containsExactly(
            "tftp:1: warning: missing loaders, wanted them to start PCs,"
                + " got no snponly.efi: run sudo ./arranque setup");
  }

  @Test
  void aSiteNeedsTheScriptsOfTheAppliance() {
    site.delete("ipxe-scripts/error.ipxe");
    assertThat(site.problems())
        .containsExactly("ipxe-scripts/error.ipxe:1: missing, wanted it in every site");
  }

  @Test
  void anIncompleteImageIsNotInTheSite() {
    site.write("images/os/vmlinuz", "kernel");
    assertThat(site.load().site().orElseThrow().images()).isEmpty();
  }

  @Test
  void aFileThatIsNotUtf8IsAProblemWithItsLine() {
    site.write("dhcp/x.yaml", "subnet: 10.7.0.0/24\n# Año".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(site.problems())
        .containsExactly("dhcp/x.yaml:2: not UTF-8 text, wanted UTF-8, got byte 0xf1");
  }

  @Test
  void aFileCutInsideALetterIsNotUtf8() {
    site.write("cloud-init/plain/user-data", new byte[] {'a', (byte) 0xc3});
    assertThat(site.problems()).singleElement().asString().contains("not UTF-8 text");
  }

  @Test
  void aKernelInTheWrongFolderIsAProblem() {
    site.write("cloud-init/plain/vmlinuz", new byte[(1 << 20) + 1]);
    assertThat(site.problems())
        .containsExactly("cloud-init/plain/vmlinuz:1: too large, wanted at most 1 MiB of text");
  }

  @Test
  void aLinkToNowhereIsAProblem() throws IOException {
    Files.createSymbolicLink(folder.resolve("dhcp/x.yaml"), Path.of("gone.yaml"));
    assertThat(site.problems())
        .containsExactly("dhcp/x.yaml:1: cannot be read, wanted a text file");
  }

  @Test
  void aFolderThatIsNotThereIsAProblem() {
    assertThat(SiteLoader.load(folder.resolve("gone")).problems().toString())
        .startsWith(".:1: no site, wanted a folder");
  }

  @Test
  void aliasesThatGrowWithoutBoundAreRefused() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String last = "*a" + (i - 1);
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, (last + ", ").repeat(4) + last));
    }
    site.write("dhcp/x.yaml", yaml.toString());
    assertThat(site.problems()).singleElement().asString().contains("not YAML: an alias");
  }
}
