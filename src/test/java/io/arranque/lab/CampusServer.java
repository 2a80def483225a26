package io.arranque.lab;

import io.arranque.cli.lab.VirtualRoom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The DHCP servers that campuses run: each gives 192.168.33.50 to 89 in the room, from .2. */
enum CampusServer {
  DNSMASQ {
    @Override
    List<String> command(Path folder) {
      return List.of(
          "dnsmasq",
          "--conf-file=/dev/null",
          "--keep-in-foreground",
          "--log-facility=-",
          "--log-dhcp",
          "--user=root",
          "--pid-file=",
          "--port=0",
          "--interface=br0",
          "--bind-interfaces",
          // Else it pings each address for 3 s before it offers it.
          "--no-ping",
          "--dhcp-authoritative",
          "--dhcp-leasefile=" + folder.resolve("leases"),
          "--dhcp-range=192.168.33.50,192.168.33.89,255.255.255.0,1h");
    }
  },
  KEA {
    @Override
    List<String> command(Path folder) throws IOException {
      Path conf =
          Files.writeString(
              folder.resolve("kea.json"),
              """
              {"Dhcp4": {
                "interfaces-config": {"interfaces": ["br0"]},
                "lease-database": {"type": "memfile", "persist": true, "name": "%s/leases.csv"},
                "valid-lifetime": 3600,
                "subnet4": [{
                  "subnet": "192.168.33.0/24",
                  "pools": [{"pool": "192.168.33.50-192.168.33.89"}]}]}}
              """
                  .formatted(folder));
      return List.of(
          "env",
          "KEA_PIDFILE_DIR=" + folder,
          "KEA_LOCKFILE_DIR=" + folder,
          unconfined(folder, "/usr/sbin/kea-dhcp4"),
          "-c",
          conf.toString());
    }
  },
  DHCPD {
    @Override
    List<String> command(Path folder) throws IOException {
      Path conf =
          Files.writeString(
              folder.resolve("dhcpd.conf"),
              """
              authoritative;
              ping-check false;
              subnet 192.168.33.0 netmask 255.255.255.0 {
                range 192.168.33.50 192.168.33.89;
                default-lease-time 3600;
              }
              """);
      Path leases = Files.writeString(folder.resolve("leases"), "");
      return List.of(
          unconfined(folder, "/usr/sbin/dhcpd"),
          "-4",
          "-f",
          "-cf",
          conf.toString(),
          "-lf",
          leases.toString(),
          "-pf",
          folder.resolve("pid").toString(),
          "br0");
    }
  };

  static final String ADDRESS = "192.168.33.2";

  abstract List<String> command(Path folder) throws IOException;

  void startIn(VirtualRoom room) {
    try {
      Path folder = Files.createDirectories(room.folder().resolve("campus"));
      room.startServer("campus", ADDRESS + "/24", command(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy, because AppArmor lets Debian's own read only what lies in its usual places. */
  static String unconfined(Path folder, String program) throws IOException {
    Path source = Path.of(program);
    Path copy = folder.resolve(source.getFileName());
    return Files.copy(
            source, copy, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING)
        .toString();
  }
}
