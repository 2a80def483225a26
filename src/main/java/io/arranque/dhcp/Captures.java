package io.arranque.dhcp;

import io.arranque.address.Mac;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last packets from and to each machine, so that nobody has to be asked for a capture after the
 * fact. In memory only, and bounded: {@value #PER_MACHINE} packets of each of {@value #SETTLED}
 * machines that got an address here and of {@value #NEWCOMERS} others, {@value #STRAYS} that no
 * machine can be told of, together at most {@value #MAX_OCTETS} octets (16 MiB) of payload. The
 * machine that was silent longest goes first, and those that never got an address before those that
 * did: whoever invents MACs pushes out other inventions only.
 *
 * <p>In any second only the first {@value #PER_SECOND} packets are kept, twice what a room of a
 * thousand needs to boot; beyond, a packet costs a look at the clock. Thread-safe.
 */
final class Captures {
  static final int PER_MACHINE = 32;
  static final int SETTLED = 1_000;
  static final int NEWCOMERS = 256;
  static final int STRAYS = 64;
  static final int PER_SECOND = 8_192;
  static final int MAX_OCTETS = 16 << 20;

  private static final int CHADDR_AT = 28;
  private static final int OPTIONS_AT = 240;

  private final InstantSource clock;
  private final Map<Mac, Ring> settled = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Mac, Ring> newcomers = new LinkedHashMap<>(16, 0.75f, true);
  private final Ring strays = new Ring(STRAYS);
  private long octets;

  /** Read without lock: a packet too many or too few does no harm. */
  private volatile long second;

  private volatile int left;

  Captures(InstantSource clock) {
    this.clock = clock;
  }

  /** Keeps what came in; the payload must not be changed afterwards. */
  void heard(byte[] payload, Arrival at) {
    if (hasRoom()) {
      add(new CapturedPacket(clock.instant(), at, Optional.empty(), payload));
    }
  }

  /** Keeps what went out as an answer to what came {@code at}. */
  void sent(byte[] payload, Arrival at, Destination to) {
    if (hasRoom()) {
      add(new CapturedPacket(clock.instant(), at, Optional.of(to), payload));
    }
  }

  /** A machine's packets in their order; empty when there are none. */
  synchronized List<CapturedPacket> of(Mac mac) {
    List<CapturedPacket> packets = new ArrayList<>();
    // Not by get(), which would make it the machine heard last.
    for (Map<Mac, Ring> rings : List.of(settled, newcomers)) {
      rings.forEach(
          (owner, ring) -> {
            if (owner.equals(mac)) {
              ring.addTo(packets);
            }
          });
    }
    return ordered(packets);
  }

  /** All that is kept, in its order. */
  synchronized List<CapturedPacket> all() {
    List<CapturedPacket> packets = new ArrayList<>();
    settled.values().forEach(ring -> ring.addTo(packets));
    newcomers.values().forEach(ring -> ring.addTo(packets));
    strays.addTo(packets);
    return ordered(packets);
  }

  private static List<CapturedPacket> ordered(List<CapturedPacket> packets) {
    packets.sort(Comparator.comparing(CapturedPacket::at));
    return List.copyOf(packets);
  }

  private boolean hasRoom() {
    return left > 0 || clock.millis() / 1_000 != second;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // all writers hold the lock
  private synchronized void add(CapturedPacket packet) {
    long now = packet.at().getEpochSecond();
    if (now != second) {
      second = now;
      left = PER_SECOND;
    }
    left--;
    octets += ring(packet).add(packet);
    boolean forgotten = true;
    while (octets > MAX_OCTETS && forgotten) {
      forgotten = forgetEldest(newcomers.size() > 1 ? newcomers : settled);
    }
  }

  private Ring ring(CapturedPacket packet) {
    Mac mac = machine(packet.payload());
    if (mac == null) {
      return strays;
    }
    Ring known = settled.get(mac);
    if (known != null) {
      return known;
    }
    Ring fresh = newcomers.get(mac);
    if (packet.isSent() && isAck(packet.payload())) {
      newcomers.remove(mac);
      return put(settled, mac, fresh == null ? new Ring(PER_MACHINE) : fresh, SETTLED);
    }
    return fresh == null ? put(newcomers, mac, new Ring(PER_MACHINE), NEWCOMERS) : fresh;
  }

  private Ring put(Map<Mac, Ring> rings, Mac mac, Ring ring, int most) {
    if (rings.size() >= most) {
      forgetEldest(rings);
    }
    rings.put(mac, ring);
    return ring;
  }

  private boolean forgetEldest(Map<Mac, Ring> rings) {
    var eldest = rings.values().iterator();
    if (!eldest.hasNext()) {
      return false;
    }
    octets -= eldest.next().octets;
    eldest.remove();
    return true;
  }

  /** By chaddr, at its place in the header: also what cannot be decoded has one. */
  private static @Nullable Mac machine(byte[] payload) {
    boolean ethernet = payload.length >= CHADDR_AT + 6 && payload[1] == 1 && payload[2] == 6;
    return ethernet ? Mac.of(payload, CHADDR_AT) : null;
  }

  /** Our codec writes the message type first. */
  private static boolean isAck(byte[] payload) {
    return payload.length > OPTIONS_AT + 2
        && payload[OPTIONS_AT] == 53
        && payload[OPTIONS_AT + 2] == 5;
  }

  /** The newest few of a sequence. */
  private static final class Ring {
    private final @Nullable CapturedPacket[] slots;
    private int next;
    private int octets;

    Ring(int size) {
      slots = new CapturedPacket[size];
    }

    /** By how many octets it grew; negative when it shrank. */
    int add(CapturedPacket packet) {
      CapturedPacket replaced = slots[next];
      slots[next] = packet;
      next = (next + 1) % slots.length;
      int grown = packet.payload().length - (replaced == null ? 0 : replaced.payload().length);
      octets += grown;
      return grown;
    }

    void addTo(List<CapturedPacket> packets) {
      for (int i = 0; i < slots.length; i++) {
        CapturedPacket packet = slots[(next + i) % slots.length];
        if (packet != null) {
          packets.add(packet);
        }
      }
    }
  }
}
