package io.arranque.lab;

import io.arranque.cli.lab.VirtualRoom;
import io.arranque.diagnosis.Symptom;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The site of {@link SimulatedFaultsIT}: roles that cannot be booted, segments without addresses.
 */
final class FaultySite {
  private static final String EMPTY = "#cloud-config\n{}\n";
  private static final String SMALL = "boot: nocloud\nimage: small\n";
  private static final long BIG = 64L << 20;

  private FaultySite() {}

  static void write(VirtualRoom room) throws IOException {
    images(room);
    roles(room);
    room.editSite("dhcp/sala5.yaml", "mode: server", "mode: server\nauthoritative: true");
    room.writeSite(
        "dhcp/second.yaml",
        """
        subnet: 192.168.34.0/24
        interface: eth1
        mode: server
        authoritative: true
        reservations:
          "%s": %s
        """
            .formatted(SimulatedPcs.mac(Symptom.ADDRESS_IN_USE), AddressFaults.TAKEN));
    room.editSite("dhcp/sala5.yaml", "192.168.33.10-", "192.168.33.70-");
    segment(room, "kept", 1, "pool: [10.9.1.10-10.9.1.19]");
    segment(room, "strangers", 2, "pool: [10.9.2.10-10.9.2.200]");
    segment(room, "deaf", 3, "pool: [10.9.3.10-10.9.3.20]\nunknown-machines: ignore");
    segment(room, "off", 4, "room: cellar");
    room.editSite("dhcp/off.yaml", "mode: server", "mode: off");
    segment(room, "empty", 5, "");
  }

  private static void images(VirtualRoom room) throws IOException {
    room.writeSite("images/small/vmlinuz", "kernel");
    room.writeSite("images/small/initrd", "initrd");
    room.writeSite("images/big/vmlinuz", "kernel");
    Path site = room.folder().resolve("site");
    try (RandomAccessFile initrd =
        new RandomAccessFile(site.resolve("images/big/initrd").toFile(), "rw")) {
      initrd.setLength(BIG);
    }
    room.writeSite("images/vanishing/vmlinuz", "kernel");
    room.writeSite("images/vanishing/initrd", "initrd");
    // Nobody listens there.
    room.writeSite(
        "images/fetched/image.yaml",
        """
        cache: true
        files:
          vmlinuz: { from: "http://192.168.33.1:9/vmlinuz" }
          initrd: { from: "http://192.168.33.1:9/initrd" }
        """);
  }

  private static void roles(VirtualRoom room) {
    role(room, "plain", SMALL, EMPTY);
    role(room, "joins", SMALL, EMPTY);
    role(room, "gone", SMALL, EMPTY);
    role(room, "once", SMALL + "policy: next-boot\n", EMPTY);
    role(room, "install", SMALL + "policy: install-once\n", EMPTY);
    role(room, "no-image", "boot: nocloud\nimage: nowhere\n", EMPTY);
    role(room, "fetched", "boot: nocloud\nimage: fetched\n", EMPTY);
    role(room, "big", "boot: nocloud\nimage: big\n", EMPTY);
    role(room, "vanishing", "boot: nocloud\nimage: vanishing\n", EMPTY);
    role(room, "needy", SMALL + "vars:\n  needed: { type: string, required: true }\n", EMPTY);
    role(room, "typed", SMALL + "vars:\n  size: { type: string }\n", EMPTY);
    String token = "vars:\n  token: { type: secret }\n";
    String secret = "#cloud-config\nruncmd:\n  - [join, {{ token | yaml }}]\n";
    role(room, "secret", SMALL + token, secret);
    role(room, "guarded", SMALL + token + "arming: operator\n", secret);
    role(room, "picky", "boot: picky\nimage: small\n", EMPTY);
    room.writeSite(
        "ipxe-scripts/picky.ipxe",
        "#!ipxe\n{% if machine.hostname == 'template-broken' %}{{ nowhere }}{% endif %}\nshell\n");
    role(
        room,
        "crooked",
        SMALL,
        "#cloud-config\n{% if machine.hostname == 'document-invalid' %}runcmd: [a{% else %}{}{% endif %}\n");
    room.writeSite("cloud-init/bare/role.yaml", "description: For a fault\n" + SMALL);
  }

  private static void role(VirtualRoom room, String name, String yaml, String document) {
    room.writeSite("cloud-init/" + name + "/role.yaml", "description: For a fault\n" + yaml);
    room.writeSite("cloud-init/" + name + "/user-data", document);
  }

  /** Behind a relay. */
  private static void segment(VirtualRoom room, String name, int number, String more) {
    room.writeSite(
        "dhcp/" + name + ".yaml",
        "subnet: 10.9.%1$d.0/24\ninterface: none\nmode: server\nauthoritative: true\n%2$s\n"
            .formatted(number, more));
  }
}
