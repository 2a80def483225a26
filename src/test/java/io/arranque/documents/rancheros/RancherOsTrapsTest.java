package io.arranque.documents.rancheros;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.arranque.documents.Finding;
import io.arranque.documents.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each trap that was found by running RancherOS, by the section of docs/rancheros.md that tells it:
 * what is written, and what is said of it, at which line. {@code ok} is what must not be refused.
 */
class RancherOsTrapsTest {
  private static final String HEADER = "#cloud-config\n";

  static Stream<Arguments> documents() {
    return Stream.of(
            letters(),
            notation(),
            early(),
            unknown(),
            types(),
            mounts(),
            files(),
            commands(),
            services(),
            registration())
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> letters() {
    return Stream.of(
        error("letters", "hostname: \"universit\u00e0\"", 2, "not ASCII (\u00e0, U+00E0)"),
        error("letters", "ssh_authorized_keys:\n  - \"ssh-rsa AAAA perch\u00e9 no\"", 3, "U+00E9"),
        error("letters", "rancher:\n  environment:\n    A: \u65e5\u672c", 4, "U+65E5"),
        error(
            "letters",
            "write_files:\n  - path: \"/a\"\n    content: |\n      a\n      \u00e8 1",
            6,
            "encoding: b64"),
        ok("letters", "# perch\u00e9 no\nhostname: \"pc\" # \u00e0"),
        error("letters", "hostname: \"caf\\u00e9\"", 2, "\\u: an escape"),
        error("letters", "hostname: \"caf\\xe9\"", 2, "\\x: an escape"),
        ok("letters", "runcmd:\n  - \"printf 'a\\nb' \\\"c\\\" \\\\ \""),
        error("addresses", "hostname: \"$private_ipv4\"", 2, "becomes <nil>"),
        error("addresses", "rancher:\n  environment:\n    A: \"$public_ipv4\"", 4, "<nil>"),
        warning("addresses", "hostname: \"${private_ipv4}\"", 2, "stays as it is"),
        ok("addresses", "# not $private_ipv4\nhostname: \"pc\""));
  }

  private static Stream<Arguments> notation() {
    return Stream.of(
        arguments("header", "\nhostname: \"a\"\n", Severity.ERROR, 1, "no header"),
        arguments("header", "hostname: \"a\"\n", Severity.ERROR, 1, "exactly #cloud-config"),
        arguments("header", "#cloud-config v2\n", Severity.ERROR, 1, "no header"),
        arguments("header", "", Severity.ERROR, 1, "no header"),
        arguments("header", "\ufeff#cloud-config\n", Severity.ERROR, 1, "byte order mark"),
        arguments("header", "#!/bin/sh\nid\n", Severity.WARNING, 1, "a script instead"),
        arguments("header", "#compose\nx:\n  image: a\n", Severity.WARNING, 1, "services only"),
        arguments("header", "#cloud-config  \nhostname: \"a\"\n", null, 0, ""),
        arguments("notation", "#cloud-config\r\nhostname: \"a\"\r\n", Severity.WARNING, 1, "CR LF"),
        error("notation", "%YAML 1.1\n---\nhostname: \"a\"", 2, "a directive"),
        error("notation", "rancher:\n\tdebug: true", 3, "not YAML"),
        error("notation", "hostname:\t\"a\"", 2, "TAB"),
        error(
            "notation", "rancher:\n  services:\n    a: {image: x, volumes: [/a:/b]}", 4, "a colon"),
        error(
            "notation",
            "rancher:\n  docker:\n    insecure_registry: [10.0.0.1:5000]",
            4,
            "inside of brackets"),
        ok("notation", "rancher:\n  docker:\n    insecure_registry: [\"10.0.0.1:5000\"]"),
        ok("notation", "---\nhostname: \"a\"\n..."),
        error("notation", "- a\n- b", 2, "no mapping"),
        error("notation", "hostname: \"a\"\nhostname: \"b\"", 3, "a key twice"),
        ok("notation", "runcmd:\n  - &x \"true\"\n  - *x"));
  }

  private static Stream<Arguments> early() {
    return Stream.of(
        error(
            "order", "rancher:\n  state:\n    dev: \"LABEL=RANCHER_STATE\"", 3, "channel: overlay"),
        error(
            "order", "rancher:\n  state:\n    autoformat:\n      - \"/dev/sda\"", 3, "state-disk:"),
        error("order", "bootcmd:\n  - \"mkfs.ext4 /dev/sda\"", 2, "wanted runcmd"),
        error("order", "rancher:\n  recovery: true", 3, "ignored"),
        error("order", "rancher:\n  bootstrap:\n    a:\n      image: \"b\"", 3, "ignored"),
        error(
            "order", "rancher:\n  cloud_init_services:\n    a:\n      image: \"b\"", 3, "ignored"),
        error(
            "order",
            "rancher:\n  cloud_init:\n    datasources:\n      - \"url:http://a\"",
            3,
            "fetched already"),
        warning("order", "rancher:\n  network:\n    dhcp_timeout: 60", 4, "too late for the fetch"),
        early("rancher:\n  state:\n    dev: \"LABEL=RANCHER_STATE\"\n    wait: true"),
        early("rancher:\n  network:\n    dhcp_timeout: 60"),
        error("order", "rancher:\n  password: \"x\"", 3, "kernel command line"),
        error("order", "rancher:\n  autologin: \"tty1\"", 3, "kernel command line"));
  }

  private static Stream<Arguments> unknown() {
    return Stream.of(
        error("keys", "users:\n  - name: \"a\"", 2, "ssh_authorized_keys"),
        error("keys", "packages:\n  - \"nfs\"", 2, "a key of cloud-init"),
        error("keys", "ntp:\n  servers: []", 2, "container: ntp"),
        error("keys", "timezone: \"UTC\"", 2, "a key of cloud-init"),
        error("keys", "final_message: \"a\"", 2, "a key of cloud-init"),
        error("keys", "disk_setup:\n  a: \"b\"", 2, "data-disk:"),
        error("keys", "fs_setup: []", 2, "data-disk:"),
        error("keys", "growpart: {}", 2, "resize_device"),
        error("keys", "phone_home:\n  url: \"http://a\"", 2, "/etc/rc.local"),
        error("keys", "rancher:\n  state:\n    formatzero: true", 3, "ignored"),
        error("keys", "rancher:\n  dockre:\n    tls: true", 3, "unknown key"),
        error("keys", "rancher:\n  docker:\n    data-root: \"/a\"", 4, "unknown key"),
        error(
            "keys",
            "rancher:\n  network:\n    interfaces:\n      eth0:\n        ip: \"a\"",
            6,
            "unknown key"),
        warning("keys", "rancher:\n  docker:\n    graph: \"/a\"", 4, "extra_args"),
        warning("keys", "rancher:\n  docker:\n    data_root: \"/a\"", 4, "BurmillaOS"),
        warning("keys", "rancher:\n  console: \"ubuntu\"", 3, "internet"),
        warning("keys", "rancher:\n  services_include:\n    x: true", 3, "internet"),
        ok(
            "keys",
            "rancher:\n  network:\n    interfaces:\n      \"mac=52:54:00:12:34:56\":\n"
                + "        dhcp: true\n    dns:\n      nameservers:\n        - \"10.0.0.1\""));
  }

  private static Stream<Arguments> types() {
    return Stream.of(
        error("types", "ssh_authorized_keys: \"ssh-rsa AAAA x\"", 2, "a list of texts"),
        error("types", "runcmd: \"true\"", 2, "a list of commands"),
        error(
            "types",
            "rancher:\n  network:\n    dns:\n      nameservers: \"10.0.0.1\"",
            5,
            "a list"),
        error("types", "rancher:\n  network:\n    dhcp_timeout: \"x\"", 4, "a number"),
        error("types", "rancher:\n  debug: \"maybe\"", 3, "true or false"),
        error("types", "rancher:\n  services: []", 3, "services by name"),
        error("types", "mounts:\n  a: \"b\"", 2, "a list of four texts"),
        error("types", "hostname: 010", 2, "something else"),
        error("types", "hostname: yes", 2, "something else"),
        warning("types", "hostname: 12", 2, "in quotes"),
        warning("types", "hostname:", 2, "nothing behind it"),
        warning(
            "types",
            "rancher:\n  docker:\n    insecure_registry:\n      - \"a\"\n      - \"a\"",
            6,
            "the same twice"),
        error("types", "rancher:\n  docker:\n    extra_args:\n      - 5", 5, "quotes"),
        error("types", "rancher: \"x\"", 2, "a mapping"));
  }

  private static Stream<Arguments> mounts() {
    String start = "mounts:\n  - [\"LABEL=D\", ";
    return Stream.of(
        ok("mounts", start + "\"/mnt/data\", \"ext4\", \"noatime\"]"),
        ok("mounts", start + "\"/mnt/data\", \"\", \"\"]"),
        error("mounts", start + "\"/mnt/data\", \"ext4\"]", 3, "stop the console for good"),
        warning("mounts", start + "\"/mnt/data\", \"ext4\", \"\", \"0\", \"0\"]", 3, "first four"),
        error("mounts", start + "\"/mnt/data\", \"ext4\", \"\", 0, 0]", 3, "in quotes"),
        error("mounts", start + "\"/mnt/data\", \"ext4\", \"defaults\"]", 3, "option defaults"),
        error("mounts", start + "\"/mnt/data\", \"ext4\", \"ro,nofail\"]", 3, "option nofail"),
        error("mounts", start + "\"/var/lib/docker\", \"ext4\", \"\"]", 3, "mount point already"),
        error("mounts", start + "\"/home/\", \"ext4\", \"\"]", 3, "runcmd"),
        error("mounts", start + "\"/opt\", \"ext4\", \"\"]", 3, "mount point already"),
        error("mounts", start + "\"/mnt\", \"ext4\", \"\"]", 3, "mount point already"),
        error("mounts", start + "\"/media\", \"ext4\", \"\"]", 3, "mount point already"),
        error("mounts", start + "\"data\", \"ext4\", \"\"]", 3, "absolute path"),
        warning("mounts", start + "\"/mnt/w\", \"ntfs\", \"\"]", 3, "kernel"),
        warning(
            "mounts", "mounts:\n  - [\"PARTLABEL=D\", \"/mnt/d\", \"ext4\", \"\"]", 3, "LABEL="),
        error("mounts", "mounts:\n  - \"/dev/sda /mnt/d ext4 noatime\"", 3, "a list of four"),
        error(
            "mounts",
            start + "\"/mnt/d\", \"ext4\", \"\"]\n  - [\"LABEL=E\", \"/mnt/d\", \"ext4\", \"\"]",
            4,
            "one directory twice"));
  }

  private static Stream<Arguments> files() {
    String start = "write_files:\n  - path: \"/a\"\n";
    return Stream.of(
        error("files", start + "    permissions: 0755\n    content: \"a\"", 4, "\"0755\""),
        ok("files", start + "    permissions: \"0755\"\n    content: \"a\""),
        error("files", start + "    permissions: \"rwx\"\n    content: \"a\"", 4, "\"0644\""),
        error("files", start + "    mode: \"0755\"", 4, "unknown key mode"),
        error("files", start + "    encoding: \"zip\"\n    content: \"a\"", 4, "b64"),
        error("files", "write_files:\n  - path: \"a\"\n    content: \"a\"", 3, "absolute path"),
        error(
            "files",
            start + "    content: \"a\"\n  - path: \"/a\"\n    content: \"b\"",
            5,
            "twice"),
        ok(
            "files",
            "write_files:\n  - path: \"/etc/ntp.conf\"\n    container: \"ntp\"\n"
                + "    content: \"a\""),
        error(
            "files",
            "mounts:\n  - [\"LABEL=D\", \"/mnt/d\", \"ext4\", \"\"]\nwrite_files:\n"
                + "  - path: \"/mnt/d/a\"\n    content: \"a\"",
            5,
            "hidden by it"),
        error("files", "write_files:\n  - path: \"/etc/rc.local\"\n    content: \"a\"", 3, "0755"),
        warning(
            "files",
            "write_files:\n  - path: \"/etc/rc.local\"\n    permissions: \"0755\"\n    content: |\n"
                + "      #!/bin/sh\n      wait-for-docker\n      docker run a\n",
            5,
            "getty and sshd"),
        ok(
            "files",
            "write_files:\n  - path: \"/etc/rc.local\"\n    permissions: \"0755\"\n    content: |\n"
                + "      #!/bin/sh\n      (wait-for-docker; docker run a) &\n"),
        error(
            "files",
            "write_files:\n  - path: \"/opt/rancher/bin/start.sh\"\n    permissions: \"0755\"\n"
                + "    content: |\n      docker run a\n",
            5,
            "start.sh"));
  }

  private static Stream<Arguments> commands() {
    return Stream.of(
        error("commands", "runcmd:\n  - docker run -d nginx", 3, "docker starts when"),
        error("commands", "runcmd:\n  - [docker, run, nginx]", 3, "register:"),
        error("commands", "runcmd:\n  - \"wait-for-docker && true\"", 3, "in the background"),
        error("commands", "runcmd:\n  - \"cd /a; docker-compose up\"", 3, "docker starts"),
        warning("commands", "runcmd:\n  - \"docker pull a &\"", 3, "/etc/rc.local"),
        ok("commands", "runcmd:\n  - \"system-docker ps\"\n  - \"mkdir -p /mnt/data/docker\""),
        error("commands", "runcmd:\n  - [sleep, 5]", 3, "in quotes"),
        error("commands", "runcmd:\n  - echo a: b", 3, "loses the whole file"),
        error("commands", "runcmd:\n  - true", 3, "in quotes"),
        ok(
            "commands",
            "runcmd:\n  - [\"mount\", \"-t\", \"ext4\", \"LABEL=X\", \"/var/lib/docker\"]"));
  }

  private static Stream<Arguments> services() {
    String start = "rancher:\n  services:\n    a:\n      image: \"x\"\n      ";
    return Stream.of(
        error("services", start + "labels:\n        io.rancher.os.detach: false", 7, "in quotes"),
        ok("services", start + "labels:\n        io.rancher.os.detach: \"false\""),
        error("services", start + "environment:\n        A: true", 7, "loses the whole file"),
        error("services", start + "environment:\n        A: 1.5", 7, "loses the whole file"),
        warning("services", start + "environment:\n        A: 5", 7, "a number"),
        error("services", start + "command: [sleep, 5]", 6, "in quotes"),
        error("services", start + "command:", 6, "wanted no such key"),
        error("services", start + "volumes: \"/a:/b\"", 6, "a list of texts"),
        error("services", start + "ports:\n        - 22:22", 7, "in quotes"),
        error("services", start + "network_mode: \"host\"", 6, "wanted net"),
        error("services", start + "depends_on:\n        - \"b\"", 6, "io.rancher.os.after"),
        error("services", start + "healthcheck: {}", 6, "ignored"),
        error("services", start + "deploy: {}", 6, "ignored"),
        error("services", start + "server: \"http://a\"", 6, "command"),
        error(
            "services", "rancher:\n  services:\n    a:\n      restart: \"always\"", 4, "no image"),
        error("services", "rancher:\n  services:\n    a: []", 4, "a mapping"));
  }

  private static Stream<Arguments> registration() {
    String first =
        "rancher:\n  services:\n    %s:\n      image: \"rancher/agent:v1.2.11\"\n      %s\n";
    String second =
        "rancher:\n  services:\n    node:\n      image: \"rancher/rancher-agent:v2.6.14\"\n"
            + "      command:\n        - \"--server\"\n        - \"https://r\"\n%s";
    return Stream.of(
        ok("rancher16", first.formatted("rancher-register", "restart: \"on-failure\"")),
        error("rancher16", first.formatted("rancher-agent", "tty: true"), 4, "removes a container"),
        error("rancher16", first.formatted("a", "net: \"host\""), 4, "its own host name"),
        error("rancher16", first.formatted("a", "hostname: \"x\""), 4, "its own host name"),
        error("rancher16", first.formatted("a", "restart: \"always\""), 4, "for ever"),
        error("rancher16", first.formatted("a", "command: \"--server x\""), 4, "rancher-agent"),
        error(
            "rancher16",
            first.formatted("a", "labels:\n        io.rancher.os.scope: \"system\""),
            4,
            "no scope"),
        error("rancher2", second.formatted("      restart: \"always\""), 4, "wanted \"host\""),
        warning(
            "rancher2",
            second.formatted("      net: \"host\"\n      restart: \"on-failure\""),
            4,
            "unless-stopped"),
        warning(
            "rancher2",
            second.formatted("      net: \"host\"\n      restart: \"unless-stopped\""),
            4,
            "--address"),
        ok(
            "rancher2",
            second.formatted(
                "        - \"--address\"\n        - \"10.0.0.9\"\n      net: \"host\"\n"
                    + "      restart: \"unless-stopped\"\n      privileged: true\n")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("documents")
  void each_trap_of_a_document_is_told_with_its_line(
      String section, String text, Severity severity, int line, String message) {
    boolean overlay = section.equals("overlay");
    List<Finding> found = CloudConfigLinter.lint(text, overlay ? Channel.OVERLAY : Channel.URL);

    if (severity == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found)
          .anySatisfy(
              f -> {
                assertThat(f.severity()).isEqualTo(severity);
                assertThat(f.line()).isEqualTo(line);
                assertThat(f.message()).contains(message);
              });
      if (severity == Severity.WARNING) {
        assertThat(found).noneMatch(f -> f.severity() == Severity.ERROR);
      }
    }
  }

  @Test
  void each_section_that_is_named_here_is_an_anchor_of_the_docs() throws IOException {
    String docs = Files.readString(Path.of("docs/rancheros.md"));
    Set<String> sections =
        documents().map(row -> (String) row.get()[0]).collect(Collectors.toSet());

    assertThat(sections).hasSizeGreaterThan(10);
    assertThat(sections).allSatisfy(s -> assertThat(docs).contains("<a id=\"" + s + "\"></a>"));
  }

  private static Arguments ok(String section, String text) {
    return arguments(section, HEADER + text + "\n", null, 0, "");
  }

  private static Arguments early(String text) {
    return arguments("overlay", HEADER + text + "\n", null, 0, "");
  }

  private static Arguments error(String section, String text, int line, String message) {
    return arguments(section, HEADER + text + "\n", Severity.ERROR, line, message);
  }

  private static Arguments warning(String section, String text, int line, String message) {
    return arguments(section, HEADER + text + "\n", Severity.WARNING, line, message);
  }
}
