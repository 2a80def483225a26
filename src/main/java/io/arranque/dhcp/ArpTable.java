package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kernel's IPv4 neighbours as {@code /proc/net/arp} shows them: the complete entries. */
final class ArpTable {
  private static final int FLAG_COMPLETE = 2;
  private static final int COLUMNS = 6;

  private record Key(Ipv4 address, String card) {}

  private final Map<Key, Mac> entries;

  private ArpTable(Map<Key, Mac> entries) {
    this.entries = entries;
  }

  /** Of all its lines, the heading included; a line that is not understood is left out. */
  static ArpTable parse(List<String> lines) {
    Map<Key, Mac> entries = new HashMap<>();
    for (String line : lines) {
      // IP address, HW type, Flags, HW address, Mask, Device
      String[] columns = line.strip().split("\\s+", -1);
      if (columns.length == COLUMNS && columns[2].matches("0x[0-9a-f]{1,8}")) {
        Optional<Ipv4> address = Ipv4.parse(columns[0]);
        Optional<Mac> mac = Mac.parse(columns[3]);
        boolean complete = (Long.decode(columns[2]) & FLAG_COMPLETE) != 0;
        if (address.isPresent() && mac.isPresent() && complete) {
          entries.put(new Key(address.get(), columns[5]), mac.get());
        }
      }
    }
    return new ArpTable(entries);
  }

  Optional<Mac> holder(Ipv4 address, String card) {
    return Optional.ofNullable(entries.get(new Key(address, card)));
  }
}
