package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ArpTableTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");
  private final ArpTable table =
      ArpTable.parse(
          List.of(
              "IP address       HW type     Flags       HW address            Mask     Device",
              "192.168.33.100   0x1         0x2         52:54:00:12:34:56     *        eth1",
              "192.168.33.101   0x1         0x0         00:00:00:00:00:00     *        eth1",
              "192.168.33.102   0x1         0x6         52:54:00:12:34:58     *        eth1",
              "nonsense"));

  @Test
  void a_complete_or_permanent_entry_tells_who_has_the_address() {
    assertThat(table.holder(A, "eth1")).contains(Mac.of("52:54:00:12:34:56"));
    assertThat(table.holder(A.plus(2), "eth1")).contains(Mac.of("52:54:00:12:34:58"));
  }

  @Test
  void an_entry_that_nobody_answered_for_or_of_another_card_tells_nothing() {
    assertThat(table.holder(A.plus(1), "eth1")).isEmpty();
    assertThat(table.holder(A, "eth0")).isEmpty();
  }
}
