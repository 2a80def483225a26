package io.arranque.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
  @Test
  void a_csv_of_excel_with_mark_separator_line_quotes_and_line_breaks() {
    Reading reading = fixture("excel.csv", Format.CSV);

    assertThat(fields(reading.entries().get(0)))
        .isEqualTo(
            Map.of(
                "hostname", "aula \"A\"",
                "room", "sala5",
                "seat", "1",
                "reservation", "192.168.33.11"));
    assertThat(reading.entries().get(0).line()).isEqualTo(3);
    assertThat(reading.entries().get(1).line()).isEqualTo(6);
    assertThat(reading.entries().get(1).key()).isEqualTo("5254.0000.0002");
    assertThat(rules(reading)).containsExactly("CSV_COLUMN_UNKNOWN");
  }

  @Test
  void a_csv_in_the_old_code_page_and_one_in_utf16() {
    Reading latin = fixture("latin1.csv", Format.CSV);
    assertThat(fields(latin.entries().get(0))).containsEntry("seat", "Fenstermitte ü€");
    assertThat(rules(latin)).containsExactly("ENCODING_GUESSED");
    assertThat(fields(fixture("unicode.txt", Format.CSV).entries().get(0)))
        .containsEntry("seat", "é€");
  }

  @Test
  void a_csv_without_heading_with_an_open_quote_or_a_column_twice_is_refused() {
    assertThat(rules(text("mac,name,host\n52:54:00:00:00:01,a,b\n")))
        .containsExactly("CSV_COLUMN_TWICE");
    assertThat(rules(text("mac,name\n52:54:00:00:00:01,\"open\n")))
        .containsExactly("CSV_MALFORMED");
    assertThat(rules(Reading.ofText("52:54:00:00:00:01,pc1\n", Optional.of(Format.CSV))))
        .containsExactly("CSV_NO_MAC");
    Reading wide = text("mac,name\n52:54:00:00:00:01,a,b\n");
    assertThat(wide.entries().get(0).remarks().get(0).rule()).isEqualTo("CSV_CELLS_TOO_MANY");
    assertThat(rules(Reading.of(new byte[] {'P', 'K', 3, 4, 0, 0}, Optional.empty())))
        .containsExactly("FILE_NO_TEXT");
  }

  @Test
  void the_hosts_of_a_dhcpd_conf_wherever_they_stand() {
    Reading reading = fixture("dhcpd.conf", Format.DHCPD);

    assertThat(hosts(reading))
        .containsExactly(
            "52:54:0:0:0:1 {hostname=pc-1, reservation=192.168.33.11}",
            "52-54-00-00-00-02 {hostname=pc-two, reservation=192.168.33.12}",
            "52:54:00:00:00:03 {hostname=deep}",
            "52:54:00:00:00:06 {}");
    assertThat(reading.entries().get(1).line()).isEqualTo(12);
    assertThat(reading.entries().get(1).remarks().toString()).contains("10.0.0.12");
    assertThat(reading.entries().get(2).remarks().toString()).contains("ADDRESS_IS_A_NAME");
    assertThat(rules(reading)).contains("HOST_WITHOUT_MAC", "STATEMENT_IGNORED");
    assertThat(reading.remarks().toString()).contains("option routers, 2×", "filename");
    assertThat(reading.remarks()).noneMatch(Remark::refuses);
  }

  @Test
  void an_include_and_a_missing_brace_are_refused_with_their_line() {
    Reading reading =
        text("host a { hardware ethernet 52:54:00:00:00:01; }\ninclude \"/etc/x\";\nhost b {\n");

    assertThat(reading.remarks())
        .extracting(remark -> remark.line() + " " + remark.rule() + " " + remark.refuses())
        .containsExactly("2 INCLUDED_FILE true", "3 SYNTAX true");
    assertThat(reading.entries()).hasSize(1);
  }

  @Test
  void the_newest_active_lease_of_each_machine() {
    Reading reading = fixture("dhcpd.leases", Format.DHCPD_LEASES);

    assertThat(hosts(reading))
        .containsExactly(
            "52:54:00:00:00:01 {address=192.168.33.103}",
            "52:54:00:00:00:04 {address=192.168.33.104, hostname=pc4}");
    assertThat(reading.entries().get(0).remarks().toString()).contains("NAME_DROPPED");
  }

  @Test
  void every_form_of_a_dhcp_host_line() {
    Reading reading = fixture("dnsmasq.conf", Format.DNSMASQ);

    assertThat(hosts(reading))
        .containsExactly(
            "52:54:00:00:00:01 {hostname=pc1, reservation=192.168.33.11}",
            "52-54-00-00-00-02 {hostname=pc2, reservation=192.168.33.12}",
            "52:54:00:00:00:03 {hostname=pc3, reservation=192.168.33.13}",
            "52:54:00:00:00:04 {hostname=pc4}",
            "52:54:00:00:00:09 {hostname=pc9, reservation=192.168.33.19}",
            "52:54:00:00:00:0A {}");
    assertThat(reading.entries().get(2).remarks().toString()).contains("MAC_FURTHER");
    assertThat(reading.remarks().toString()).contains("interface", "dhcp-range", "lap");
    assertThat(rules(text("dhcp-host=52:54:00:00:00:01,a\nconf-dir=/etc/dnsmasq.d\n")))
        .containsExactly("INCLUDED_FILE");
    assertThat(hosts(text("52:54:00:00:00:01,pc1,192.168.33.11\n")))
        .containsExactly("52:54:00:00:00:01 {hostname=pc1, reservation=192.168.33.11}");
  }

  @Test
  void tables_of_neighbours_of_every_system() {
    for (String table :
        List.of(
            "192.168.33.11 dev eth0 lladdr 52:54:00:00:00:01 REACHABLE\n"
                + "192.168.33.12 dev eth0  FAILED\n"
                + "fe80::1 dev eth0 lladdr 52:54:00:00:00:02 router STALE\n",
            "? (192.168.33.11) at 52:54:00:00:00:01 [ether] on eth0\n"
                + "? (192.168.33.12) at <incomplete> on eth0\n",
            "? (192.168.33.11) at 52:54:0:0:0:1 on en0 ifscope [ethernet]\n",
            "\nInterfaz: 192.168.33.2 --- 0x5\n  Dirección de Internet   Dirección física   Tipo\n"
                + "  192.168.33.11         52-54-00-00-00-01     dinámico\n"
                + "  192.168.33.255        ff-ff-ff-ff-ff-ff     estático\n",
            "IP address       HW type     Flags       HW address            Mask     Device\n"
                + "192.168.33.11    0x1         0x2         52:54:00:00:00:01     *        eth0\n"
                + "192.168.33.12    0x1         0x0         00:00:00:00:00:00     *        eth0\n",
            "Address   HWtype  HWaddress           Flags Mask            Iface\n"
                + "192.168.33.11   ether   52:54:00:00:00:01   C                     eth0\n")) {
      Reading reading = text(table);
      assertThat(reading.format()).as(table).contains(Format.ARP);
      assertThat(hosts(reading)).containsExactly("52:54:00:00:00:01 {address=192.168.33.11}");
    }
    assertThat(hosts(text("pc1.lab (192.168.33.11) at 52:54:00:00:00:01 [ether] on eth0\n")))
        .containsExactly("52:54:00:00:00:01 {address=192.168.33.11, hostname=pc1}");
  }

  @Test
  void ethers_and_the_leases_of_dnsmasq() {
    assertThat(hosts(text("# ethers\n52:54:0:0:0:1 pc_1\n52:54:00:00:00:02\t192.168.33.12\n")))
        .containsExactly(
            "52:54:0:0:0:1 {hostname=pc-1}", "52:54:00:00:00:02 {reservation=192.168.33.12}");
    assertThat(
            hosts(
                text(
                    "1767261600 52:54:00:00:00:01 192.168.33.101 pc1 01:52:54:00:00:00:01\n"
                        + "0 52:54:00:00:00:02 192.168.33.102 * *\nduid 00:01\n")))
        .containsExactly(
            "52:54:00:00:00:01 {address=192.168.33.101, hostname=pc1}",
            "52:54:00:00:00:02 {address=192.168.33.102}");
  }

  @Test
  void seen_addresses_are_reserved_only_when_one_says_so_and_the_router_is_no_machine() {
    String table =
        "192.168.33.1 dev eth0 lladdr 52:54:00:00:00:ff REACHABLE\n"
            + "192.168.33.11 dev eth0 lladdr 52:54:00:00:00:01 STALE\n";
    Outcome plain = Sample.look(new io.arranque.MemoryBook(), table);
    assertThat(plain.proposals()).hasSize(1);
    assertThat(plain.proposals().get(0).changes()).isEmpty();
    assertThat(plain.remarks())
        .extracting(Remark::rule)
        .containsExactly("IS_THE_ROUTER", "ADDRESS_NOT_RESERVED");
    Outcome reserving = Sample.look(new io.arranque.MemoryBook(), table, Sample.RESERVING);
    assertThat(reserving.proposals().get(0).changes().toString())
        .contains("reservation", "192.168.33.11", "sala5");
  }

  @Test
  void yaml_says_where_it_is_wrong() {
    assertThat(text("machines:\n- mac: [\n").remarks().get(0).detail()).startsWith("line ");
    assertThat(rules(text("machines: {}\n"))).containsExactly("YAML_SHAPE");
    assertThat(rules(text("machine:\nmachines: []\n"))).contains("YAML_KEY_UNKNOWN");
    Entry entry = text("machines:\n- mac: x\n  hostnam: y\n  vars: [1]\n").entries().get(0);
    assertThat(entry.remarks())
        .extracting(remark -> remark.line() + " " + remark.rule())
        .containsExactly("3 YAML_KEY_UNKNOWN", "4 YAML_SHAPE");
    assertThat(fields(text("machines:\n- { mac: x, seat: 007, room: no }\n").entries().get(0)))
        .isEqualTo(Map.of("seat", "007", "room", "no"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void a_damaged_file_never_throws(long seed) {
    Random random = new Random(seed);
    for (String name : List.of("excel.csv", "dhcpd.conf", "dhcpd.leases", "dnsmasq.conf")) {
      byte[] good = Sample.file(name);
      for (int round = 0; round < 100; round++) {
        byte[] bad = good.clone();
        for (int blow = 0; blow < 5; blow++) {
          bad[random.nextInt(bad.length)] =
              (byte) "{}\";\n,:#\\ =\u00e4".charAt(random.nextInt(12));
        }
        for (Format format : Format.values()) {
          Reading reading = Reading.of(bad, Optional.of(format));
          Outcome outcome =
              Import.decide(
                  reading, Sample.SITE, new io.arranque.MemoryBook(), Sample.WIRE, Sample.SKIPPING);
          assertThat(Report.lines(outcome, false)).isNotEmpty();
        }
      }
    }
  }

  @Test
  void a_deep_nest_of_braces_is_no_stack_overflow() {
    assertThat(Reading.ofText("{".repeat(1_000_000), Optional.of(Format.DHCPD)).remarks())
        .isNotEmpty();
    assertThat(Reading.ofText("[".repeat(100_000), Optional.of(Format.YAML)).isRefused()).isTrue();
  }

  private static Reading fixture(String name, Format expected) {
    Reading reading = Reading.of(Sample.file(name), Optional.empty());
    assertThat(reading.format()).contains(expected);
    return reading;
  }

  private static Reading text(String text) {
    return Reading.of(text.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  private static List<String> hosts(Reading reading) {
    return reading.entries().stream().map(e -> e.key() + " " + new TreeMap<>(fields(e))).toList();
  }

  private static Map<String, String> fields(Entry entry) {
    Map<String, String> fields = new TreeMap<>();
    entry.fields().forEach((name, value) -> fields.put(name, value.orElse("(clear)")));
    return fields;
  }

  private static List<String> rules(Reading reading) {
    return reading.remarks().stream().map(Remark::rule).toList();
  }
}
