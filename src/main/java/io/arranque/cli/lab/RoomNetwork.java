package io.arranque.cli.lab;

import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wires of the virtual room: a network namespace for the box with the appliance, one for the
 * room with its switch and PCs, and a cable from the host to the box so that the page can be seen.
 * No namespace has a default route, so nothing leaves.
 */
public final class RoomNetwork implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("arranque-(\\d+)-\\d+-(box|room)");
  private static final AtomicInteger SERIAL = new AtomicInteger();
  private static final int HOST_LINKS = 250;

  private final String box;
  private final Set<Integer> sockets = ConcurrentHashMap.newKeySet();
  private final String room;
  private final int link;

  private RoomNetwork(String box, String room, int link) {
    this.box = box;
    this.room = room;
    this.link = link;
  }

  /**
   * Makes the wires; the leftovers of runs that were killed are removed first.
   *
   * @param children what ends with the room
   * @param folder where the room's little services keep their files
   */
  static RoomNetwork open(Children children, Path folder) {
    removeLeftovers();
    String name = "arranque-" + ProcessHandle.current().pid() + "-" + SERIAL.incrementAndGet();
    String box = name + "-box";
    String room = name + "-room";
    try {
      Tools.run(List.of("ip", "netns", "add", box));
      Tools.run(List.of("ip", "netns", "add", room));
      int link = connectHost(box);
      RoomNetwork network = new RoomNetwork(box, room, link);
      network.wire();
      network.advertise(children, folder);
      return network;
    } catch (LabFailure e) {
      remove(box);
      remove(room);
      throw e;
    }
  }

  /** The cable between host and box; the first pair of addresses that nobody uses. */
  private static int connectHost(String box) {
    String used = Tools.run(List.of("ip", "-o", "-4", "addr"));
    for (int n = 1; n <= HOST_LINKS; n++) {
      if (used.contains(" 10.213." + n + ".")) {
        continue;
      }
      try {
        Tools.run(
            List.of("ip", "-batch", "-"),
            """
            link add arranque%1$d type veth peer name host0 netns %2$s
            addr add 10.213.%1$d.1/30 dev arranque%1$d
            link set arranque%1$d up
            """
                .formatted(n, box));
      } catch (LabFailure e) {
        if (String.valueOf(e.getMessage()).contains("File exists")) {
          // Another room was faster with this number.
          continue;
        }
        throw e;
      }
      Tools.run(
          List.of("ip", "-n", box, "-batch", "-"),
          """
          addr add 10.213.%d.2/30 dev host0
          link set host0 up
          """
              .formatted(n));
      return n;
    }
    throw new LabFailure("all networks 10.213.1.0 to 10.213." + HOST_LINKS + ".0 are in use");
  }

  private void wire() {
    // Duplicate address detection on the router's side would make the first PC wait 15 s; it must
    // be off before the bridge is made. A host without IPv6 has no such file, and no such wait.
    for (String namespace : List.of(box, room)) {
      Tools.run(
          List.of(
              "ip",
              "netns",
              "exec",
              namespace,
              "sh",
              "-c",
              "for i in all default; do f=/proc/sys/net/ipv6/conf/$i/accept_dad;"
                  + " if [ -e $f ]; then echo 0 >$f; fi; done; ip link set lo up"));
    }
    Tools.run(
        List.of("ip", "-n", room, "-batch", "-"),
        """
        link add br0 type bridge stp_state 0 forward_delay 0 mcast_snooping 0
        link add box type veth peer name eth1 netns %s
        link set box master br0
        link set box up
        link set br0 up
        """
            .formatted(box));
    Tools.run(
        List.of("ip", "-n", box, "-batch", "-"),
        """
        addr add 192.168.33.1/24 dev eth1
        link set eth1 up
        """);
  }

  /** Without a router's word iPXE waits 15 s for IPv6; lifetime 0 says that there is none. */
  private void advertise(Children children, Path folder) {
    Path file = folder.resolve("radvd.conf");
    try {
      Files.writeString(
          file,
          """
          interface br0 {
            AdvSendAdvert on;
            AdvDefaultLifetime 0;
            MinRtrAdvInterval 3;
            MaxRtrAdvInterval 4;
          };
          """);
    } catch (IOException e) {
      throw new LabFailure(file + ": " + e.getMessage(), e);
    }
    startInRoom(
        children,
        folder.resolve("radvd.log"),
        List.of(
            "radvd",
            "-C",
            file.toString(),
            "-n",
            "-m",
            "stderr",
            "-p",
            folder.resolve("radvd.pid").toString()));
  }

  /**
   * A socket of the room's switch, the same for a PC that is powered on again; the name of the tap
   * device behind it.
   */
  String tap(int number) {
    String tap = "tap" + number;
    if (!sockets.add(number)) {
      return tap;
    }
    Tools.run(
        List.of("ip", "-n", room, "-batch", "-"),
        """
        tuntap add dev %1$s mode tap
        link set %1$s master br0
        link set %1$s up
        """
            .formatted(tap));
    return tap;
  }

  /** Gives the room's switch an address, for a server that stands in the room. */
  void addressInRoom(String addressAndPrefix) {
    Tools.run(List.of("ip", "-n", room, "addr", "add", addressAndPrefix, "dev", "br0"));
  }

  /**
   * Between the room's switch and the box comes a router: 192.168.33.2 on the box's side. It
   * forwards between those two, which is all the network it has.
   */
  void putBehindRouter(Ipv4 inside) {
    addressInRoom(inside + "/24");
    Tools.run(
        List.of("ip", "-n", room, "-batch", "-"),
        """
        link set box nomaster
        addr add 192.168.33.2/24 dev box
        """);
    Tools.run(
        List.of("ip", "netns", "exec", room, "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward"));
    String network = Cidr.around(inside, 24).toString();
    Tools.run(List.of("ip", "-n", box, "route", "add", network, "via", "192.168.33.2"));
  }

  Process startInRoom(Children children, Path log, List<String> command) {
    return children.start(within(room, command), log);
  }

  Process startInBox(Children children, Path log, List<String> command) {
    return children.start(within(box, command), log);
  }

  /** The PC's power button: the program's output is the serial line. */
  Process startPc(Children children, List<String> command) {
    return children.startReadable(within(room, command));
  }

  private static List<String> within(String namespace, List<String> command) {
    List<String> all = new java.util.ArrayList<>(List.of("ip", "netns", "exec", namespace));
    all.addAll(command);
    return all;
  }

  /** The page as the host sees it. */
  URI controlPlane() {
    return URI.create("http://10.213." + link + ".2:8080");
  }

  @Override
  public void close() {
    Tools.attempt(List.of("ip", "link", "del", "arranque" + link));
    remove(box);
    remove(room);
  }

  /** A name tells who made it: what belongs to no living process was left by a killed run. */
  private static void removeLeftovers() {
    for (String line : Tools.run(List.of("ip", "netns", "list")).lines().toList()) {
      Matcher name = NAME.matcher(line.split(" ", -1)[0]);
      if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
        for (String pid :
            Tools.run(List.of("ip", "netns", "pids", name.group())).lines().toList()) {
          if (!pid.isEmpty()) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
          }
        }
        remove(name.group());
      }
    }
  }

  private static void remove(String namespace) {
    Tools.attempt(List.of("ip", "netns", "del", namespace));
  }
}
