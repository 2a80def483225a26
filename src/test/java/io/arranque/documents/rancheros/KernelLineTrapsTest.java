package io.arranque.documents.rancheros;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.arranque.documents.Finding;
import io.arranque.documents.Finding.Severity;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each trap of the kernel's command line: most of them are a kernel panic on the PC. */
class KernelLineTrapsTest {
  static Stream<Arguments> lines() {
    String source = "rancher.cloud_init.datasources=";
    return Stream.of(
        line(null, source + "[url:http://10.0.0.1:8081/a?b=c&d=e:%20~!*@#f]", ""),
        line(null, source + "['url:http://a/b c']", ""),
        line(null, source + "[\"url:http://a/b,c\"]", ""),
        line(null, "rancher.state.wait rancher.debug=true printk.devkmsg=on", ""),
        line(null, "rancher.network.interfaces.mac:52:54:00:12:34:56.dhcp=true", ""),
        line(Severity.ERROR, "cc.hostname=lab-07 console=ttyS0,115200 root=[a", "swallows"),
        line(Severity.ERROR, source + "url:http://a", "kernel panic"),
        line(Severity.ERROR, source + "[url:http://a/b,c]", "a comma splits"),
        line(Severity.ERROR, source + "[url:http://[fd00::1]/a]", "IPv6"),
        line(Severity.ERROR, source + "[url:http://a/{b}]", "braces"),
        line(Severity.ERROR, source + "[url:http://a", "swallows the rest"),
        line(Severity.ERROR, "rancher.state.autoformat=/dev/sda", "without its brackets"),
        line(Severity.ERROR, "rancher.network.dhcp_timeout=abc", "no number"),
        line(Severity.ERROR, "rancher.debug=maybe", "neither true nor false"),
        line(Severity.ERROR, "rancher.state.dev", "read as true"),
        line(Severity.ERROR, "cc.hostname=0123", "read as a number"),
        line(Severity.ERROR, "cc.hostname=007", "read as a number"),
        line(Severity.WARNING, "cc.hostname=12", "a number"),
        line(Severity.ERROR, "rancher.password=123456", "digits only"),
        line(Severity.WARNING, "rancher.password=s3cret", "ssh keys"),
        line(Severity.ERROR, "rancher.network.interfaces.mac=52:54:00:12:34:56.dhcp=true", "panic"),
        line(Severity.ERROR, "rancher.network.interfaces.eth0.100.dhcp=true", "a dot"),
        line(Severity.ERROR, "rancher.state.formatzero=true", "formats a disk whose first MiB"),
        line(Severity.ERROR, "rancher.stat.dev=LABEL=X", "unknown key"),
        line(
            Severity.WARNING,
            "rancher.state.dev=LABEL=A rancher.state.dev=LABEL=B",
            "the last wins"),
        line(Severity.ERROR, "cc.hostname=caf\u00e9", "not ASCII"),
        line(Severity.ERROR, "a=" + "x".repeat(2045), "at most 2047"),
        line(null, "a=" + "x".repeat(2037), ""));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("lines")
  void each_trap_of_the_command_line_is_told(Severity severity, String line, String message) {
    List<Finding> found = KernelLine.check(line, "vmlinuz");

    if (severity == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).extracting(Finding::severity).contains(severity);
      assertThat(found.stream().map(Finding::message).collect(Collectors.joining("\n")))
          .contains(message);
    }
  }

  private static Arguments line(Severity severity, String line, String message) {
    return arguments(severity, line, message);
  }
}
