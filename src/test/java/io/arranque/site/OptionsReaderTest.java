package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.OptionSetting;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsReaderTest {
  private static final String ROLE = "cloud-init/plain/role.yaml";

  @TempDir Path folder;

  @Test
  void the_whole_site_and_a_role_set_options_like_a_segment_and_switch_them_off() {
    Site site =
        SiteOnDisk.copyOf("minimal", folder)
            .write("arranque.yaml", "options: { dns: [10.5.0.1], 224: \"hex:0a0b\" }")
            .write(ROLE, "boot: discover\noptions:\n  ntp-servers: none\n  router: 10.5.0.2\n")
            .load()
            .site()
            .orElseThrow();

    assertThat(site.settings().options())
        .extracting(setting -> setting.option().orElseThrow().describe())
        .containsExactly("10.5.0.1", "0a0b");
    assertThat(site.roles().get("plain").options())
        .containsExactly(
            OptionSetting.off(42),
            OptionSetting.of(new DhcpOption.Addresses(3, List.of(Ipv4.of("10.5.0.2")))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          53: 5                 | options.53: not an option to set here, wanted none: the DHCP exchange itself decides it
          server-identifier: 10.0.0.1 | options.server-identifier: not an option to set here, wanted none: the DHCP exchange
          82: "hex:0101"        | options.82: not an option to set here
          53: none              | options.53: not an option to set here
          host-name: pc         | options.host-name: not an option to set here, wanted none: each machine's name
          bootfile-name: x      | options.bootfile-name: not an option to set here, wanted none: the boot plan
          interface-mtu: big    | options.interface-mtu: not an option's value, wanted a number from 0 to 65535, got "big"
          ntp-servers:          | options.ntp-servers: not an option's value, wanted IPv4 addresses
          ntp-srvers: 10.0.0.1  | options.ntp-srvers: unknown option, did you mean "ntp-servers"?
          224: { a: b }         | options.224: not an option's value, wanted one or a list, got a mapping
          """)
  void what_nobody_may_set_is_refused_in_each_file_with_its_line(String line, String problem) {
    SiteOnDisk site = SiteOnDisk.copyOf("minimal", folder);
    site.write("arranque.yaml", "options:\n  " + line + "\n");
    site.write(ROLE, "boot: discover\noptions:\n  " + line + "\n");

    assertThat(site.problems())
        .hasSize(2)
        .anySatisfy(p -> assertThat(p).startsWith("arranque.yaml:2 " + problem))
        .anySatisfy(p -> assertThat(p).startsWith(ROLE + ":3 " + problem));
  }
}
