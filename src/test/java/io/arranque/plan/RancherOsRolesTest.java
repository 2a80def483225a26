package io.arranque.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.ExampleSite;
import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.documents.Finding;
import io.arranque.documents.rancheros.Channel;
import io.arranque.documents.rancheros.CloudConfigLinter;
import io.arranque.documents.rancheros.KernelLine;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Machine;
import io.arranque.site.Loaded;
import io.arranque.site.Site;
import io.arranque.site.SiteLoader;
import io.arranque.timeline.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What RancherOS machines of the shipped roles are told, whole. After a change that is meant: run
 * with {@code -Dgoldens.rewrite=true} and read the difference.
 */
class RancherOsRolesTest {
  private static final Path GOLDENS = Path.of("src/test/resources/rancheros");
  private static final Mac MAC = Mac.of("52:54:00:12:34:56");
  private static final Map<String, String> VALUES =
      Map.of(
          "ssh-key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI admin@lab",
          "rancher-url", "https://rancher.lab.example",
          "rancher-token", "t0ken",
          "ca-checksum", "ab12",
          "insecure-registry", "192.168.33.1:5000",
          "registration-url", "http://rancher.lab.example:8080/v1/scripts/AB12:1483142400000:cd34",
          "register-server", "https://k3s.lab.example:6443",
          "register-token", "K10abc::server:def");

  @TempDir private Path folder;
  private final Planner planner = new Planner(new Templates());

  @BeforeEach
  void copy() throws IOException {
    ExampleSite.copyTo(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "rancher-worker, '', recipe-a",
    "rancheros-state, '', recipe-b",
    "rancheros-overlay, '', recipe-c",
    "rancher16-host, '', rancher16",
    "rancheros-overlay, k3s, k3s"
  })
  void the_shipped_roles_come_out_as_the_recipes(String role, String register, String golden)
      throws IOException {
    Map<String, String> vars = new java.util.HashMap<>(VALUES);
    if (!register.isEmpty()) {
      vars.put("register", register);
    }
    BootPlan plan = plan(role, vars);

    assertThat(planner.judged(plan).troubles()).isEmpty();
    String script = text(planner.script(plan));
    String document = text(planner.document(plan, "cloud-config").orElseThrow());
    String channel = planner.overlay(plan).isEmpty() ? "url" : "overlay";
    assertThat(
            CloudConfigLinter.lint(
                document, Channel.valueOf(channel.toUpperCase(java.util.Locale.ROOT))))
        .isEmpty();
    assertThat(kernelLine(script)).isEmpty();
    assertGolden(golden + ".ipxe", script);
    assertGolden(golden + "." + channel + ".yml", document);
    if (channel.equals("overlay")) {
      assertThat(planner.overlay(plan))
          .containsOnlyKeys("var/lib/rancher/conf/cloud-config.d/boot.yml")
          .containsValue(new Rendered.Text(document));
      assertThat(script).doesNotContain("datasources");
    }
  }

  @Test
  void the_same_machine_has_the_same_identity_at_each_boot_and_another_one_another()
      throws IOException {
    String first = document("rancheros-overlay", with("register", "k3s"));

    assertThat(document("rancheros-overlay", with("register", "k3s"))).isEqualTo(first);
    assertThat(password(first)).matches("[0-9a-f]{64}");
    String other =
        text(
            planner
                .document(
                    plan("rancheros-overlay", with("register", "k3s"), other()), "cloud-config")
                .orElseThrow());
    assertThat(password(other)).isNotEqualTo(password(first));
    assertThat(document("rancher16-host", VALUES))
        .contains("CATTLE_PHYSICAL_HOST_UUID=", "CATTLE_DOCKER_UUID=", ".registration_token");
  }

  @Test
  void secrets_are_never_on_the_kernel_line_and_never_in_a_preview() {
    for (String role : List.of("rancher-worker", "rancher16-host", "rancheros-overlay")) {
      BootPlan plan = plan(role, with("register", "k3s"));
      assertThat(text(planner.script(plan))).as(role).doesNotContain("t0ken", "cd34", "K10abc");
      assertThat(text(planner.preview(plan, "cloud-config").orElseThrow()))
          .as(role)
          .doesNotContain("t0ken", "cd34", "K10abc");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rancher-worker, ssh-key, ssh-rsa AAAA perch\u00e9, cloud-init/rancher-worker/role.yaml:10 ssh-keys: not ASCII",
    "rancher-worker, channel, carrier-pigeon, cloud-init/rancher-worker/role.yaml:7 channel: unknown",
    "rancher-worker, node-roles, king, 'register.node-roles: wanted etcd, controlplane or worker'",
    "rancheros-state, register, rancher3, 'register: unknown, wanted rancher2'"
  })
  void a_value_that_cannot_be_told_keeps_the_machine_from_booting_without_it(
      String role, String name, String value, String message) {
    BootPlan plan = plan(role, with(name, value));

    assertThat(planner.judged(plan).troubles())
        .anySatisfy(
            trouble -> {
              assertThat(trouble.reason()).isEqualTo(Reason.DOCUMENT_INVALID);
              assertThat(trouble.detail()).contains(message);
            });
  }

  @Test
  void what_is_needed_and_not_there_is_missing_and_not_wrong() {
    assertThat(planner.judged(plan("rancheros-overlay", with("register", "rancher16"))).troubles())
        .extracting(BootPlan.Trouble::reason)
        .containsExactly(Reason.VARIABLE_MISSING);
  }

  @Test
  void a_line_that_would_panic_is_refused_at_the_roles_line() throws IOException {
    role(
        "boot: rancheros\nimage: rancheros\narguments: \"rancher.state.autoformat={{ disk }}\"\n"
            + "vars: { disk: { type: device, default: /dev/sda } }\n",
        null);

    assertThat(problems())
        .containsExactly(
            "cloud-init/own/role.yaml:3: rancher.state.autoformat: a list without its brackets,"
                + " which ends in a kernel panic, wanted [ ] around it");
  }

  @Test
  void a_line_that_iPXE_would_cut_off_is_counted_with_all_that_the_script_adds()
      throws IOException {
    role(
        "boot: rancheros\nimage: rancheros\narguments: \"a="
            + "x".repeat(1950)
            + "\"\n"
            + "ssh-keys: [\"ssh-rsa AAAA x\"]\n",
        null);

    assertThat(problems()).singleElement().asString().contains("role.yaml:3", "at most 2047");
  }

  @Test
  void an_operators_own_cloud_config_is_linted_with_the_lines_of_its_template() throws IOException {
    role(
        "boot: rancheros\nimage: rancheros\n",
        "#cloud-config\n{% if true %}\nhostname: {{ machine.hostname | yaml }}\n{% endif %}\n"
            + "mounts:\n  - [\"LABEL=D\", \"/mnt/d\", \"ext4\"]\n");

    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("cloud-init/own/cloud-config:6: mounts: fewer than four texts");
  }

  @Test
  void an_own_cloud_config_is_added_to_what_is_wanted() throws IOException {
    role(
        "boot: rancheros\nimage: rancheros\nssh-keys: [\"ssh-rsa AAAA x\"]\ndata-disk: /dev/sdb\n",
        "#cloud-config\nssh_authorized_keys:\n  - \"ssh-rsa BBBB y\"\nwrite_files:\n"
            + "  - path: \"/etc/motd\"\n    content: \"hi\"\nrancher:\n  docker:\n    debug: true\n");

    assertThat(problems()).isEmpty();
    assertThat(document("own", Map.of()))
        .contains("- \"ssh-rsa AAAA x\"\n  - \"ssh-rsa BBBB y\"\n")
        .contains("    extra_args:\n      - \"--data-root\"")
        .contains("    debug: true\n")
        .contains("  - path: \"/etc/motd\"\n    content: \"hi\"\n");
  }

  @Test
  void a_wish_whose_template_is_broken_is_told_once_at_its_line() throws IOException {
    role("boot: rancheros\nimage: rancheros\nssh-keys: [\"{{ nope }}\"]\n", null);

    assertThat(problems()).containsExactly("cloud-init/own/role.yaml:3: no value named \"nope\"");
    Site draft = SiteLoader.load(folder).draft().orElseThrow();
    assertThat(planner.judged(plan(draft, "own", Map.of(), MAC)).reason())
        .isEqualTo(Reason.TEMPLATE_BROKEN);
  }

  @Test
  void options_of_docker_that_come_twice_stay_two() throws IOException {
    role(
        "boot: rancheros\nimage: rancheros\n"
            + "docker: { extra-args: [\"--label\", \"a=1\", \"--label\", \"b=2\"] }\n",
        null);

    assertThat(document("own", Map.of()))
        .contains("- \"--label\"\n      - \"a=1\"\n      - \"--label\"\n      - \"b=2\"\n");
  }

  @Test
  void what_both_set_is_refused() throws IOException {
    role(
        "boot: rancheros\nimage: rancheros\nssh-keys: [\"ssh-rsa AAAA x\"]\n",
        "#cloud-config\nhostname: \"other\"\nwrite_files:\n  - path: \"/etc/rc.local\"\n"
            + "    permissions: \"0755\"\n    content: \"#!/bin/sh\"\n");

    assertThat(problems())
        .containsExactly(
            "cloud-init/own/cloud-config:2: hostname: set here and by what role.yaml wants, wanted"
                + " it in one of them",
            "cloud-init/own/cloud-config:4: write_files /etc/rc.local: set here and by what role.yaml"
                + " wants, wanted yours as /etc/arranque/local, which the other runs");
  }

  @Test
  void keys_that_come_too_late_by_url_move_the_whole_to_the_overlay() throws IOException {
    role(
        "boot: rancheros\nimage: rancheros\nssh-keys: [\"ssh-rsa AAAA x\"]\n",
        "#cloud-config\nrancher:\n  state:\n    script: \"/a\"\n");

    assertThat(problems()).isEmpty();
    BootPlan plan = plan("own", Map.of());
    assertThat(planner.overlay(plan)).hasSize(1);
    assertThat(planner.choices(plan).get(0).toString())
        .contains("initrd overlay", "rancher.state: ignored, for the state disk is mounted before");
  }

  @Test
  void a_password_goes_where_alone_it_is_read_and_check_warns() throws IOException {
    role("boot: rancheros\nimage: rancheros\npassword: \"s3cret\"\n", null);

    assertThat(problems())
        .containsExactly(
            "cloud-init/own/role.yaml:1: warning: rancher.password: everybody who can read the"
                + " command line, or the script on the wire, has it; wanted ssh keys");
    assertThat(text(planner.script(plan("own", Map.of())))).contains(" rancher.password=s3cret ");
    assertThat(document("own", Map.of())).doesNotContain("s3cret");
  }

  @Test
  void all_initrds_of_an_image_are_loaded_and_the_overlay_last() throws IOException {
    Files.writeString(folder.resolve("images/rancheros/image.yaml"), "initrd: [initrd, more]\n");
    Files.writeString(folder.resolve("images/rancheros/more"), "x");

    assertThat(text(planner.script(plan("rancher-worker", VALUES))))
        .contains("initrd=initrd initrd=initrd1 initrd=overlay ")
        .containsSubsequence(
            "initrd --name initrd http",
            "initrd --name initrd1 http",
            "initrd --name overlay http");
  }

  private void role(String yaml, String cloudConfig) throws IOException {
    Path own = Files.createDirectories(folder.resolve("cloud-init/own"));
    Files.writeString(own.resolve("role.yaml"), yaml);
    if (cloudConfig != null) {
      Files.writeString(own.resolve("cloud-config"), cloudConfig);
    }
  }

  private List<String> problems() {
    Loaded vetted = Rehearsal.vet(planner, SiteLoader.load(folder));
    return vetted.problems().all().stream().map(Object::toString).toList();
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> vars = new java.util.HashMap<>(VALUES);
    vars.put(name, value);
    return vars;
  }

  private static Mac other() {
    return Mac.of("52:54:00:12:34:57");
  }

  private static String password(String document) {
    return document.replaceAll("(?s).*node/password\"\n.*?content: \"([^\"]*)\".*", "$1");
  }

  private String document(String role, Map<String, String> vars) {
    return text(planner.document(plan(role, vars), "cloud-config").orElseThrow());
  }

  private BootPlan plan(String role, Map<String, String> vars) {
    return plan(role, vars, MAC);
  }

  private BootPlan plan(String role, Map<String, String> vars, Mac mac) {
    return plan(SiteLoader.load(folder).site().orElseThrow(), role, vars, mac);
  }

  private BootPlan plan(Site site, String role, Map<String, String> vars, Mac mac) {
    Machine machine =
        Machine.unknown(mac)
            .with(
                new Machine.Assignment(
                    Optional.of("lab-pc-07"),
                    Optional.of("a1"),
                    Optional.of("7"),
                    Optional.of(role),
                    vars));
    Client client = new Client(mac, Client.Kind.IPXE, Optional.of(0), Hardware.UNKNOWN);
    Reach reach =
        new Reach(
            Optional.of(site.segments().get("sala5")),
            Ipv4.of("192.168.33.1"),
            Optional.of(Ipv4.of("192.168.33.107")),
            Optional.of("00112233445566778899aabbccddeeff"));
    return planner.plan(new PlanRequest(site, MemoryBook.of(machine), client, reach));
  }

  private static List<Finding> kernelLine(String script) {
    String line = script.lines().filter(l -> l.startsWith("kernel ")).findFirst().orElseThrow();
    return KernelLine.check(line.split(" ", 3)[2].replaceFirst(" \\|\\|.*", ""), "vmlinuz");
  }

  private static String text(Rendered rendered) {
    return rendered.ifText().orElseThrow(() -> new AssertionError(rendered.toString()));
  }

  private static void assertGolden(String name, String text) throws IOException {
    Path file = GOLDENS.resolve(name);
    if (Boolean.getBoolean("goldens.rewrite")) {
      Files.createDirectories(GOLDENS);
      Files.writeString(file, text);
    }
    assertThat(text).as(name).isEqualTo(Files.readString(file));
  }
}
