package io.arranque.exchange;

import io.arranque.address.Mac;
import java.util.List;
import java.util.Optional;

/** Machines as other servers have them in their files: MAC, name and address. */
final class HostsWriter {
  private HostsWriter() {}

  static String dhcpd(List<MachineFields> machines) {
    StringBuilder text = new StringBuilder("# Hosts for ISC dhcpd, written by Arranque.\n");
    for (MachineFields machine : machines) {
      text.append("host ").append(name(machine).orElseGet(() -> madeUp(machine.mac())));
      text.append(" {\n  hardware ethernet ").append(machine.mac()).append(";\n");
      address(machine)
          .ifPresent(address -> text.append("  fixed-address ").append(address).append(";\n"));
      name(machine)
          .ifPresent(name -> text.append("  option host-name \"").append(name).append("\";\n"));
      text.append("}\n");
    }
    return text.toString();
  }

  static String dnsmasq(List<MachineFields> machines) {
    StringBuilder text = new StringBuilder("# Hosts for dnsmasq, written by Arranque.\n");
    for (MachineFields machine : machines) {
      text.append("dhcp-host=").append(machine.mac());
      address(machine).ifPresent(address -> text.append(',').append(address));
      // What dnsmasq would take for another kind of argument cannot be a name there.
      name(machine)
          .filter(name -> !DnsmasqReader.isArgument(name))
          .ifPresent(name -> text.append(',').append(name));
      text.append('\n');
    }
    return text.toString();
  }

  /** A line has room for one of both: the address, which is what programs look up there. */
  static String ethers(List<MachineFields> machines) {
    StringBuilder text = new StringBuilder("# /etc/ethers, written by Arranque.\n");
    for (MachineFields machine : machines) {
      text.append(machine.mac())
          .append(' ')
          .append(address(machine).or(() -> name(machine)).orElseGet(() -> madeUp(machine.mac())))
          .append('\n');
    }
    return text.toString();
  }

  private static String madeUp(Mac mac) {
    return "pc-" + mac.bare();
  }

  private static Optional<String> name(MachineFields machine) {
    return Optional.ofNullable(machine.fields().get(Entry.HOSTNAME));
  }

  private static Optional<String> address(MachineFields machine) {
    return Optional.ofNullable(machine.fields().get(Entry.RESERVATION));
  }
}
