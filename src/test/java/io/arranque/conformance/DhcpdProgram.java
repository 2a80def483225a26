package io.arranque.conformance;

import io.arranque.address.Ipv4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Debian's isc-dhcp-server. */
final class DhcpdProgram implements DhcpProgram {
  @Override
  public String name() {
    return "dhcpd";
  }

  @Override
  public String title() {
    return "ISC dhcpd";
  }

  @Override
  public List<String> prepare(Path folder) throws IOException {
    Path file = folder.resolve("dhcpd.conf");
    Path leases = folder.resolve("leases");
    Files.writeString(leases, "");
    String far =
        Net.BEHIND_RELAY.stream()
            .filter(subnet -> !subnet.equals(Net.PROXY))
            .map(DhcpdProgram::far)
            .collect(Collectors.joining());
    Files.writeString(file, head() + boot() + room() + far + hosts());
    return List.of(
        "dhcpd",
        "-4",
        "-f",
        "-cf",
        file + "",
        "-lf",
        leases + "",
        "-pf",
        folder + "/pid",
        Net.CARD);
  }

  private static String head() {
    String bulky =
        IntStream.rangeClosed(Net.LONG_CODE, Net.BULKY_LAST)
            .mapToObj(code -> "option bulky-%1$d code %1$d = text;%n".formatted(code))
            .collect(Collectors.joining());
    return """
    authoritative;
    ping-check false;
    ddns-update-style none;
    echo-client-id true;
    server-id-check true;
    default-lease-time 3600;
    max-lease-time 3600;
    min-lease-time 60;
    option domain-name-servers %s, %s;
    option domain-name "%s";
    option architecture code 93 = unsigned integer 16;
    option machine-id code 97 = string;
    option routes code 121 = array of integer 8;
    """
            .formatted(Net.DNS.get(0), Net.DNS.get(1), Net.DOMAIN)
        + bulky;
  }

  /** As in the manuals of iPXE and of those who boot UEFI machines with dhcpd. */
  private static String boot() {
    return """
    if exists machine-id { option machine-id = option machine-id; }
    if substring(option user-class, 0, 4) = "iPXE" or substring(option user-class, 1, 4) = "iPXE" {
      next-server %1$s;
      filename "http://%1$s:8081/boot.ipxe";
      option bootfile-name "http://%1$s:8081/boot.ipxe";
    } elsif substring(option vendor-class-identifier, 0, 9) = "PXEClient" {
      next-server %1$s;
      option tftp-server-name "%1$s";
      option vendor-class-identifier "PXEClient";
      option vendor-encapsulated-options 06:01:08:ff;
      if option architecture = 00:07 {
        filename "snponly.efi";
        option bootfile-name "snponly.efi";
      } else {
        filename "undionly.kpxe";
        option bootfile-name "undionly.kpxe";
      }
    } elsif substring(option vendor-class-identifier, 0, 10) = "HTTPClient" {
      next-server %1$s;
      option vendor-class-identifier "HTTPClient";
      filename "http://%1$s:8081/tftp/snponly.efi";
      option bootfile-name "http://%1$s:8081/tftp/snponly.efi";
    }
    """
        .formatted(Net.SERVER);
  }

  private static String room() {
    String bulky =
        IntStream.rangeClosed(Net.BULKY_FIRST, Net.BULKY_LAST)
            .mapToObj(code -> "  option bulky-%d \"%s\";%n".formatted(code, Net.BULKY))
            .collect(Collectors.joining());
    String search =
        Net.SEARCH.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    // Its manual keeps fixed addresses out of the ranges.
    return """
    subnet %s netmask %s {
      range %s %s;
      range %s %s;
      option routers %s;
      option broadcast-address %s;
      option ntp-servers %s;
      option domain-search %s;
      option routes 16, 10, 99, 10, 5, 0, 9;
      option bulky-%d "%s";
    %s}
    """
        .formatted(
            Net.ROOM.network(),
            Net.ROOM.mask(),
            Net.ROOM.first(),
            Net.RESERVED.plus(-1),
            Net.RESERVED.plus(1),
            Net.ROOM.last(),
            Net.ROOM.router(),
            Net.ROOM.broadcast(),
            Net.NTP,
            search,
            Net.LONG_CODE,
            Net.LONG_TEXT,
            bulky);
  }

  private static String far(Net.Subnet subnet) {
    String more = subnet.equals(Net.QUIET) ? "not authoritative;" : "";
    more += subnet.equals(Net.MACHINES) ? "ignore-client-uids true;" : "";
    return """
    subnet %s netmask %s {
      range %s %s;
      option routers %s;
      option broadcast-address %s;
      %s
    }
    """
        .formatted(
            subnet.network(),
            subnet.mask(),
            subnet.first(),
            subnet.last(),
            subnet.router(),
            subnet.broadcast(),
            more);
  }

  private static String hosts() {
    return host("reserved", Net.RESERVED_MAC.toString(), Net.RESERVED)
        + host("bootp", Net.BOOTP_MAC.toString(), Net.BOOTP)
        + host("far-bootp", Net.FAR_BOOTP_MAC.toString(), Net.FAR_BOOTP);
  }

  private static String host(String name, String mac, Ipv4 address) {
    return "host %s { hardware ethernet %s; fixed-address %s; }%n".formatted(name, mac, address);
  }

  @Override
  public List<String> version() {
    return List.of("dhcpd", "--version");
  }

  @Override
  public Map<Feature, String> lacks() {
    return Map.of(
        Feature.PORT_4011, "serves no boot files at port 4011",
        Feature.PROXY, "has no mode without addresses",
        Feature.SERVER_ID_OVERRIDE, "does not know the suboption");
  }

  @Override
  public Lab.Limits limits() {
    return DhcpProgram.patient();
  }
}
