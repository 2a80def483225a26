package io.arranque.cli;

import io.arranque.address.Ipv4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who listens on this box's TCP ports, from the kernel's own table (proc(5), {@code
 * /proc/net/tcp}). Any user may take port 8080 while the appliance is down, and a command that then
 * spoke with whoever answers there would hand over the administrator's token. A file with the
 * server's process number would not help: it outlives a crash.
 */
final class ListeningSockets {
  private static final String LISTEN = "0A";
  private static final String ANY = "00000000";

  /** Before an IPv4 address in the table of IPv6 sockets, which is where Java's are. */
  private static final String MAPPED = "0000000000000000FFFF0000";

  /**
   * @param address empty: every address of this box
   * @param user number of the user who opened it
   */
  private record Listener(Optional<Ipv4> address, int port, int user) {}

  private final List<Listener> listeners;

  private ListeningSockets(List<Listener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** Empty where the kernel has no such table. */
  static ListeningSockets ofThisBox() {
    return of(List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6")));
  }

  static ListeningSockets of(List<Path> tables) {
    List<Listener> listeners = new ArrayList<>();
    for (Path table : tables) {
      lines(table).stream().skip(1).forEach(line -> read(line, listeners));
    }
    return new ListeningSockets(listeners);
  }

  /**
   * Whether somebody listens there, and all who could get the connection are sockets of the user
   * whose file this is.
   */
  boolean areAll(Ipv4 address, int port, Path owned) {
    List<Listener> there =
        listeners.stream()
            .filter(l -> l.port() == port)
            .filter(l -> l.address().map(address::equals).orElse(true))
            .toList();
    try {
      Object owner = Files.getAttribute(owned, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      return !there.isEmpty() && there.stream().allMatch(l -> owner.equals(l.user()));
    } catch (IOException e) {
      return false;
    }
  }

  /** None of a kernel without IPv6, which has no second table. */
  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException e) {
      return List.of();
    }
  }

  /** {@code sl local remote state queues timer retransmits user …}. */
  private static void read(String line, List<Listener> listeners) {
    String[] fields = line.strip().split("\\s+", -1);
    if (fields.length < 8 || !fields[3].equals(LISTEN)) {
      return;
    }
    String[] local = fields[1].split(":", -1);
    String address = local[0].startsWith(MAPPED) ? local[0].substring(MAPPED.length()) : local[0];
    boolean any = address.chars().allMatch(c -> c == '0');
    if (any || address.length() == ANY.length()) {
      listeners.add(
          new Listener(
              any ? Optional.empty() : Optional.of(ipv4(address)),
              Integer.parseInt(local[1], 16),
              Integer.parseInt(fields[7])));
    }
  }

  /** The kernel prints the four octets as a number of its own byte order. */
  private static Ipv4 ipv4(String hex) {
    int number = Integer.parseUnsignedInt(hex, 16);
    boolean little = java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN;
    return new Ipv4(little ? Integer.reverseBytes(number) : number);
  }
}
