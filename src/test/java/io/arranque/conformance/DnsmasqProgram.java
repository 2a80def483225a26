package io.arranque.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's dnsmasq. */
final class DnsmasqProgram implements DhcpProgram {
  @Override
  public String name() {
    return "dnsmasq";
  }

  @Override
  public String title() {
    return "dnsmasq";
  }

  @Override
  public List<String> prepare(Path folder) throws IOException {
    Path file = folder.resolve("dnsmasq.conf");
    List<String> lines = new ArrayList<>();
    lines.addAll(
        List.of(
            "port=0",
            "interface=" + Net.CARD,
            "bind-interfaces",
            "user=root",
            "pid-file=",
            "no-ping",
            "log-dhcp",
            "dhcp-lease-max=100000",
            "dhcp-leasefile=" + folder.resolve("leases")));
    // Not dhcp-authoritative: that is for the whole server, and makes it give addresses to unknown
    // machines that ask for one, which RFC 2131 §4.3.2 forbids.
    lines.add("domain=" + Net.DOMAIN);
    lines.add("dhcp-option=6," + Net.DNS.get(0) + "," + Net.DNS.get(1));
    addRoom(lines);
    Net.BEHIND_RELAY.forEach(subnet -> addFar(lines, subnet));
    addBoot(lines);
    Files.write(file, lines);
    return List.of("dnsmasq", "-k", "--log-facility=-", "-C", file.toString());
  }

  private static void addRoom(List<String> lines) {
    addRange(lines, Net.ROOM);
    lines.add("dhcp-option=tag:at-room,42," + Net.NTP);
    lines.add("dhcp-option=tag:at-room,option:domain-search," + String.join(",", Net.SEARCH));
    lines.add("dhcp-option=tag:at-room,121,10.99.0.0/16,10.5.0.9");
    for (int code = Net.BULKY_FIRST; code <= Net.BULKY_LAST; code++) {
      lines.add("dhcp-option=tag:at-room," + code + "," + Net.BULKY);
    }
    lines.add("dhcp-host=" + Net.RESERVED_MAC + "," + Net.RESERVED);
    lines.add("dhcp-host=" + Net.BOOTP_MAC + "," + Net.BOOTP);
    lines.add("dhcp-host=" + Net.FAR_BOOTP_MAC + "," + Net.FAR_BOOTP);
  }

  private static void addFar(List<String> lines, Net.Subnet subnet) {
    if (subnet.equals(Net.PROXY)) {
      lines.add("dhcp-range=set:at-proxy," + subnet.network() + ",proxy," + subnet.mask());
    } else {
      addRange(lines, subnet);
    }
  }

  /** The tag begins with "at-" because a tag with the card's name is set by itself. */
  private static void addRange(List<String> lines, Net.Subnet subnet) {
    lines.add(
        "dhcp-range=set:at-%s,%s,%s,%s,1h"
            .formatted(subnet.name(), subnet.first(), subnet.last(), subnet.mask()));
    lines.add("dhcp-option=tag:at-%s,3,%s".formatted(subnet.name(), subnet.router()));
  }

  private static void addBoot(List<String> lines) {
    String url = "http://" + Net.SERVER + ":8081";
    lines.addAll(
        List.of(
            "dhcp-userclass=set:ipxe,iPXE",
            "dhcp-vendorclass=set:http,HTTPClient",
            "dhcp-option-force=tag:http,60,HTTPClient",
            "dhcp-boot=tag:http," + url + "/tftp/snponly.efi,," + Net.SERVER,
            "dhcp-boot=tag:ipxe," + url + "/boot.ipxe,," + Net.SERVER,
            "dhcp-match=set:bios,option:client-arch,0",
            "dhcp-match=set:uefi,option:client-arch,7",
            "dhcp-vendorclass=set:pxe,PXEClient",
            "dhcp-boot=tag:pxe,tag:bios,tag:!ipxe,undionly.kpxe,," + Net.SERVER,
            "dhcp-boot=tag:pxe,tag:uefi,tag:!ipxe,snponly.efi,," + Net.SERVER,
            "pxe-service=tag:!ipxe,BC_EFI,Network,snponly.efi," + Net.SERVER,
            "pxe-service=tag:!ipxe,x86PC,Network,undionly.kpxe," + Net.SERVER,
            "pxe-service=tag:!ipxe,X86-64_EFI,Network,snponly.efi," + Net.SERVER));
  }

  @Override
  public List<String> version() {
    return List.of("dnsmasq", "--version");
  }

  @Override
  public Map<Feature, String> lacks() {
    return Map.of(
        Feature.LONG_OPTIONS, "its configuration takes no value of more than 255 octets",
        Feature.MACHINE_IDENTITY, "has it (dhcp-ignore-clid) only for all subnets together");
  }

  @Override
  public Lab.Limits limits() {
    return DhcpProgram.patient();
  }
}
