package io.arranque.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Debian's kea-dhcp4-server, with its hooks for BOOTP clients and for echoing option 97. */
final class KeaProgram implements DhcpProgram {
  private static final String IPXE =
      "(substring(option[77].hex,0,4) == 'iPXE' or substring(option[77].hex,1,4) == 'iPXE')";

  @Override
  public String name() {
    return "kea";
  }

  @Override
  public String title() {
    return "Kea";
  }

  @Override
  public List<String> prepare(Path folder) throws IOException {
    Path file = folder.resolve("kea.json");
    List<String> subnets = new ArrayList<>(List.of(room()));
    Net.BEHIND_RELAY.stream()
        .filter(subnet -> !subnet.equals(Net.PROXY))
        .forEach(subnet -> subnets.add(far(subnet)));
    Files.writeString(
        file,
        """
        {"Dhcp4": {
          "interfaces-config": {"interfaces": ["%s"]},
          "lease-database": {"type": "memfile", "persist": true, "lfc-interval": 0,
                             "name": "%s/leases.csv"},
          "hooks-libraries": [%s],
          "valid-lifetime": 3600, "min-valid-lifetime": 60, "max-valid-lifetime": 3600,
          "renew-timer": 1800, "rebind-timer": 3150,
          "authoritative": true,
          "option-data": [
            {"name": "domain-name-servers", "data": "%s, %s"},
            {"name": "domain-name", "data": "%s"}],
          "client-classes": [%s],
          "subnet4": [%s],
          "loggers": [{"name": "kea-dhcp4", "severity": "INFO",
                       "output_options": [{"output": "%s/kea.log"}]}]
        }}
        """
            .formatted(
                Net.CARD,
                folder,
                hooks(),
                Net.DNS.get(0),
                Net.DNS.get(1),
                Net.DOMAIN,
                classes(),
                String.join(",\n", subnets),
                folder));
    return List.of(
        "env", "KEA_PIDFILE_DIR=" + folder, "KEA_LOCKFILE_DIR=none", "kea-dhcp4", "-c", file + "");
  }

  private static String hooks() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("/usr/lib"), 3)) {
      Path folder = files.filter(f -> f.endsWith("kea/hooks")).findFirst().orElseThrow();
      return """
      {"library": "%1$s/libdhcp_bootp.so"},
      {"library": "%1$s/libdhcp_flex_option.so", "parameters": {"options": [
         {"code": 97, "add": "option[97].hex"}]}}"""
          .formatted(folder);
    }
  }

  private static String classes() {
    String pxe = "substring(option[60].hex,0,9) == 'PXEClient' and not " + IPXE;
    return String.join(
        ",\n",
        bootClass("bios", pxe + " and option[93].hex == 0x0000", "undionly.kpxe", "PXEClient"),
        bootClass("uefi", pxe + " and option[93].hex == 0x0007", "snponly.efi", "PXEClient"),
        bootClass(
            "http",
            "substring(option[60].hex,0,10) == 'HTTPClient'",
            "http://10.5.0.1:8081/tftp/snponly.efi",
            "HTTPClient"),
        bootClass("ipxe", IPXE, "http://10.5.0.1:8081/boot.ipxe", "PXEClient"));
  }

  private static String bootClass(String name, String test, String file, String vendor) {
    String pxe =
        vendor.equals("PXEClient")
            ? ", {\"code\": 43, \"csv-format\": false, \"data\": \"060108FF\", \"always-send\": true}"
            : "";
    return """
    {"name": "%s", "test": "%s", "next-server": "%s", "boot-file-name": "%s",
     "option-data": [
       {"name": "vendor-class-identifier", "data": "%s", "always-send": true},
       {"name": "tftp-server-name", "data": "%s"},
       {"name": "boot-file-name", "data": "%s"}%s]}"""
        .formatted(name, test, Net.SERVER, file, vendor, Net.SERVER, file, pxe);
  }

  private static String room() {
    List<String> options = new ArrayList<>();
    options.add(data(Net.LONG_CODE, hex(Net.LONG_TEXT)));
    IntStream.rangeClosed(Net.BULKY_FIRST, Net.BULKY_LAST)
        .forEach(code -> options.add(data(code, hex(Net.BULKY))));
    options.add(data(121, "100A630A050009"));
    options.add("{\"name\": \"ntp-servers\", \"data\": \"%s\"}".formatted(Net.NTP));
    options.add(
        "{\"name\": \"domain-search\", \"data\": \"%s\"}".formatted(String.join(", ", Net.SEARCH)));
    return subnet(
        Net.ROOM,
        options,
        """
        , "interface": "%s", "reservations": [
           {"hw-address": "%s", "ip-address": "%s"}, {"hw-address": "%s", "ip-address": "%s"}]"""
            .formatted(Net.CARD, Net.RESERVED_MAC, Net.RESERVED, Net.BOOTP_MAC, Net.BOOTP));
  }

  private static String far(Net.Subnet subnet) {
    String more = "";
    if (subnet.equals(Net.FAR)) {
      more =
          ", \"reservations\": [{\"hw-address\": \"%s\", \"ip-address\": \"%s\"}]"
              .formatted(Net.FAR_BOOTP_MAC, Net.FAR_BOOTP);
    }
    more += subnet.equals(Net.QUIET) ? ", \"authoritative\": false" : "";
    more += subnet.equals(Net.MACHINES) ? ", \"match-client-id\": false" : "";
    return subnet(subnet, List.of(), more);
  }

  private static String subnet(Net.Subnet subnet, List<String> options, String more) {
    List<String> all = new ArrayList<>(options);
    all.add("{\"name\": \"routers\", \"data\": \"%s\"}".formatted(subnet.router()));
    all.add("{\"name\": \"broadcast-address\", \"data\": \"%s\"}".formatted(subnet.broadcast()));
    return """
    {"subnet": "%s/%d", "pools": [{"pool": "%s - %s"}], "option-data": [%s]%s}"""
        .formatted(
            subnet.network(),
            subnet.prefix(),
            subnet.first(),
            subnet.last(),
            String.join(", ", all),
            more);
  }

  private static String data(int code, String hex) {
    return "{\"code\": %d, \"csv-format\": false, \"data\": \"%s\"}".formatted(code, hex);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(US_ASCII));
  }

  @Override
  public List<String> version() {
    return List.of("kea-dhcp4", "-v");
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
