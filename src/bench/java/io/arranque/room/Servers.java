package io.arranque.room;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What serves a room: the appliance, or nginx and dnsmasq with files made beforehand. */
final class Servers implements AutoCloseable {
  private static final List<String> SERVE_OPTIONS =
      List.of(
          "-XX:+UseParallelGC",
          "-Xmn64m",
          "-Xms128m",
          "-XX:+AlwaysPreTouch",
          "-XX:TieredStopAtLevel=1");

  private final List<Process> processes;

  private Servers(List<Process> processes) {
    this.processes = processes;
  }

  /** The files that both serve. */
  static void files(Room room) throws IOException {
    Path image = Files.createDirectories(room.folder().resolve("files/room"));
    random(image.resolve("vmlinuz"), room.kernel());
    random(image.resolve("initrd"), room.initrd());
    random(Files.createDirectories(room.folder().resolve("loaders")).resolve("snponly.efi"),
        room.loader());
    Files.copy(
        room.folder().resolve("loaders/snponly.efi"),
        room.folder().resolve("loaders/undionly.kpxe"));
  }

  static Servers appliance(Room room, Path checkout, Namespaces net) throws IOException {
    Path site = room.folder().resolve("site");
    if (!Files.exists(site)) {
      site(room, checkout, site);
    }
    List<String> command =
        new java.util.ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(SERVE_OPTIONS);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "io.arranque.cli.Main",
            "serve",
            "--site",
            site.toString(),
            "--state",
            room.folder().resolve("state").toString()));
    return new Servers(List.of(start(net, room, "appliance", command)));
  }

  private static void site(Room room, Path checkout, Path site) throws IOException {
    Path scripts = Files.createDirectories(site.resolve("ipxe-scripts"));
    try (var all = Files.list(checkout.resolve("ipxe-scripts"))) {
      for (Path script : all.filter(p -> p.toString().endsWith(".ipxe")).toList()) {
        Files.copy(script, scripts.resolve(script.getFileName()));
      }
    }
    Path role = Files.createDirectories(site.resolve("cloud-init/pc"));
    Files.writeString(role.resolve("role.yaml"), "boot: nocloud\nimage: room\n");
    Files.writeString(role.resolve("user-data"), userData("{{ machine.hostname }}"));
    link(room.folder().resolve("files/room"), site.resolve("images/room"));
    link(room.folder().resolve("loaders"), site.resolve("tftp"));
    Files.writeString(
        Files.createDirectories(site.resolve("dhcp")).resolve("room.yaml"),
        """
        subnet: 10.66.0.0/16
        pool: [%s-%s]
        router: 10.66.0.1
        dns: [10.66.0.1]
        # Nobody else is on this wire, and the PCs' addresses are all on one card.
        authoritative: true
        probe: false
        unknown-machines: pc
        room: room
        """
            .formatted(Room.POOL_FIRST, Room.POOL_LAST));
    Files.writeString(
        site.resolve("arranque.yaml"),
        room.atOnce() == 0
            ? "name: Room\n"
            : "name: Room\ndownloads: { at-once: " + room.atOnce() + " }\n");
  }

  static Servers peers(Room room, Namespaces net) throws IOException {
    Path root = room.folder().resolve("nginx");
    if (!Files.exists(root)) {
      peerFiles(room, root);
    }
    Process nginx =
        start(
            net,
            room,
            "nginx",
            List.of("nginx", "-p", root.toString(), "-c", root.resolve("conf").toString()));
    Process dnsmasq =
        start(
            net,
            room,
            "dnsmasq",
            List.of("dnsmasq", "-k", "-C", root.resolve("dnsmasq").toString()));
    return new Servers(List.of(nginx, dnsmasq));
  }

  /** All that the appliance would render is there as a file already. */
  private static void peerFiles(Room room, Path root) throws IOException {
    Path files = Files.createDirectories(root.resolve("files"));
    link(room.folder().resolve("files/room"), files.resolve("images"));
    String url = "http://" + Room.SERVER + ":" + Room.NGINX_PORT;
    Files.writeString(
        files.resolve("boot.ipxe"), "#!ipxe\nchain --replace " + url + "/pc/${mac:hexhyp}.ipxe\n");
    Path scripts = Files.createDirectories(files.resolve("pc"));
    for (int run = 0; run <= RoomMain.MAX_RUNS; run++) {
      for (int pc = 0; pc < Math.max(room.pcs(), RoomMain.WARM_UP); pc++) {
        String mac = Room.hyphened(Room.mac(run, pc));
        String boot = url + "/boot/" + mac;
        Files.writeString(
            scripts.resolve(mac + ".ipxe"),
            """
            #!ipxe
            kernel %s/images/vmlinuz initrd=initrd initrd=overlay quiet ds=nocloud-net;s=%s/ || goto failed
            initrd --name initrd %s/images/initrd || goto failed
            initrd --name overlay %s/overlay.cpio.gz || goto failed
            boot
            """
                .formatted(url, boot, url, boot));
        Path seed = Files.createDirectories(files.resolve("boot").resolve(mac));
        Files.write(seed.resolve("overlay.cpio.gz"), new byte[300]);
        Files.writeString(seed.resolve("meta-data"), "instance-id: " + mac + "\n");
        Files.writeString(seed.resolve("user-data"), userData("pc-" + pc));
        Files.writeString(seed.resolve("vendor-data"), "");
      }
    }
    Files.writeString(
        root.resolve("conf"),
        """
        daemon off; pid %1$s/pid; error_log %1$s/err; worker_processes auto; worker_rlimit_nofile 65536; user root;
        events { worker_connections 4096; }
        http { access_log off; sendfile on; tcp_nopush on; open_file_cache max=2000 inactive=60s; default_type application/octet-stream;
          server { listen %2$s:%3$d; root %4$s; } }
        """
            .formatted(root, Room.SERVER, Room.NGINX_PORT, files));
    Files.writeString(
        root.resolve("dnsmasq"),
        """
        port=0
        user=root
        interface=rs0
        bind-interfaces
        log-facility=-
        pid-file=%1$s/dnsmasq.pid
        dhcp-leasefile=%1$s/leases
        dhcp-range=%2$s,%3$s,255.255.0.0,12h
        dhcp-option=3,10.66.0.1
        dhcp-authoritative
        no-ping
        dhcp-match=set:ipxe,175
        dhcp-boot=tag:!ipxe,snponly.efi
        dhcp-boot=tag:ipxe,%4$s/boot.ipxe
        enable-tftp
        tftp-root=%5$s
        tftp-max=500
        """
            .formatted(
                root, Room.POOL_FIRST, Room.POOL_LAST, url, room.folder().resolve("loaders")));
  }

  private static String userData(String hostname) {
    return "#cloud-config\nhostname: "
        + hostname
        + "\nruncmd:\n"
        + "  - [ echo, a line as long as most lines of such a file are, and no longer ]\n".repeat(20);
  }

  private static void random(Path file, long size) throws IOException {
    byte[] block = new byte[1 << 20];
    Random random = new Random(size);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      for (long left = size; left > 0; left -= block.length) {
        random.nextBytes(block);
        out.write(block, 0, (int) Math.min(left, block.length));
      }
    }
  }

  private static void link(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var all = Files.list(from)) {
      for (Path file : all.toList()) {
        Files.createLink(to.resolve(file.getFileName()), file);
      }
    }
  }

  private static Process start(Namespaces net, Room room, String name, List<String> command)
      throws IOException {
    return Namespaces.loggingTo(net.inServer(command), room.folder().resolve(name + ".log"))
        .start();
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
