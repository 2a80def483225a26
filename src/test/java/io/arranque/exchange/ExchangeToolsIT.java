package io.arranque.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.MemoryBook;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we write before the programs that read it, and what the kernel shows before us. */
class ExchangeToolsIT {
  private static final List<String> NAMES =
      List.of("pc1", "123", "0x1", "12h", "infinite", "ignore", "group", "a-1", "PC-Lehrer", "1a");

  @TempDir Path folder;

  @Test
  void dhcpd_takes_the_hosts_that_we_write() throws Exception {
    Path file = write(Format.DHCPD);
    Path leases = Files.writeString(folder.resolve("leases"), "");

    Run run = run("dhcpd", "-t", "-cf", file.toString(), "-lf", leases.toString());

    assertThat(run.status).as(run.output).isZero();
    assertThat(run.output).doesNotContain("semicolon expected", "error");
  }

  @Test
  void dnsmasq_takes_the_hosts_that_we_write() throws Exception {
    Run run = run("dnsmasq", "--test", "--conf-file=" + write(Format.DNSMASQ));

    assertThat(run.status).as(run.output).isZero();
  }

  @Test
  void the_kernels_own_neighbour_table_is_read() throws Exception {
    String space = "xchg-" + ProcessHandle.current().pid();
    Assumptions.assumeTrue(run("ip", "netns", "add", space).status == 0, "no root");
    try {
      in(space, "ip", "link", "add", "left", "type", "veth", "peer", "name", "right");
      in(space, "ip", "address", "add", "192.168.33.2/20", "dev", "left");
      in(space, "ip", "link", "set", "left", "up");
      in(space, "ip", "link", "set", "right", "up");
      neighbour(space, "192.168.33.11", "52:54:00:00:00:01");
      neighbour(space, "192.168.33.12", "52:54:00:00:00:02");
      for (String[] table :
          new String[][] {{"ip", "neigh"}, {"cat", "/proc/net/arp"}, {"ip", "-s", "neigh"}}) {
        Reading reading = Reading.ofText(in(space, table), Optional.empty());
        assertThat(reading.format()).contains(Format.ARP);
        assertThat(reading.entries())
            .extracting(
                entry -> entry.key() + " " + entry.fields().get(Entry.SEEN_ADDRESS).orElseThrow())
            .containsExactlyInAnyOrder(
                "52:54:00:00:00:01 192.168.33.11", "52:54:00:00:00:02 192.168.33.12");
      }
    } finally {
      run("ip", "netns", "delete", space);
    }
  }

  private Path write(Format format) throws IOException {
    MemoryBook book = new MemoryBook();
    for (int i = 0; i < NAMES.size(); i++) {
      Mac mac = new Mac(0x525400000001L + i);
      book.with(Sample.machine(mac, NAMES.get(i), "", "", "192.168.33." + (10 + i)));
    }
    book.with(Machine.unknown(Mac.of("52:54:00:00:01:00")));
    assertThat(book.reservedAt(Ipv4.of("192.168.33.10"))).isPresent();
    String text = Export.write(format, Sample.SITE, book, Optional.empty());
    return Files.writeString(folder.resolve("hosts.conf"), text);
  }

  private static void neighbour(String space, String address, String mac) throws Exception {
    in(space, "ip", "neigh", "add", address, "lladdr", mac, "dev", "left", "nud", "reachable");
  }

  private static String in(String space, String... command) throws Exception {
    String[] all = new String[command.length + 4];
    System.arraycopy(new String[] {"ip", "netns", "exec", space}, 0, all, 0, 4);
    System.arraycopy(command, 0, all, 4, command.length);
    Run run = run(all);
    assertThat(run.status).as(run.output).isZero();
    return run.output;
  }

  private record Run(int status, String output) {}

  private static Run run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
