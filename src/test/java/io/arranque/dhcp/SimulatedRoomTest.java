package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.OptionCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that do what they like in any order, in a pool too small for them all. */
final class SimulatedRoomTest {
  private static final int MACHINES = 14;
  private static final int STEPS = 4000;

  /** Who was promised an address, by what was said on the wire and not by the server's table. */
  private record Promise(Mac mac, Instant until) {}

  private final Map<Ipv4, Promise> promises = new HashMap<>();

  /** A client with a memory of its own. */
  private static final class Machine {
    private final Mac mac;
    private @Nullable Ipv4 offered;
    private @Nullable Ipv4 remembered;

    Machine(int number) {
      mac = new Mac(0x525400000000L + number);
    }

    Optional<DhcpPacket> next(Random random) {
      return switch (random.nextInt(8)) {
        case 0, 1 -> Optional.of(Fixture.discover(mac));
        case 2, 3 ->
            Optional.ofNullable(offered).map(a -> Fixture.selecting(mac, Fixture.SERVER, a));
        case 4 -> Optional.ofNullable(remembered).map(a -> Fixture.initReboot(mac, a));
        case 5 -> Optional.ofNullable(remembered).map(a -> Fixture.renewing(mac, a));
        case 6 -> Optional.ofNullable(remembered).map(a -> Fixture.release(mac, a));
        default ->
            random.nextInt(5) == 0
                ? Optional.ofNullable(remembered).map(a -> Fixture.decline(mac, a))
                : Optional.empty();
      };
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 20260301})
  void noTwoMachinesEverHoldTheSameAddress(long seed) {
    Random random = new Random(seed);
    PcRoom room = PcRoom.serving("192.168.33.100-192.168.33.109");
    List<Machine> machines = new ArrayList<>();
    for (int i = 0; i < MACHINES; i++) {
      machines.add(new Machine(i));
    }
    int acknowledged = 0;
    for (int step = 0; step < STEPS; step++) {
      Machine machine = machines.get(random.nextInt(MACHINES));
      Optional<DhcpPacket> packet = machine.next(random);
      if (packet.isPresent()) {
        String trail = "seed " + seed + " step " + step + " " + packet.get();
        acknowledged += exchange(room, machine, packet.get(), trail);
        assertNoDoubles(room, trail);
      }
      if (random.nextInt(20) == 0) {
        room.pass(Duration.ofMinutes(random.nextInt(300)));
      }
    }
    assertThat(acknowledged).as("the simulation did something").isGreaterThan(STEPS / 20);
  }

  /** Says 1 when the machine got a lease. */
  private int exchange(PcRoom room, Machine machine, DhcpPacket packet, String trail) {
    boolean givesBack =
        packet
            .messageType()
            .filter(type -> type == MessageType.RELEASE || type == MessageType.DECLINE)
            .isPresent();
    if (givesBack) {
      promises.values().removeIf(promise -> promise.mac().equals(machine.mac));
    }
    if (!(room.hear(packet) instanceof Verdict.Reply reply)) {
      if (packet.messageType().filter(MessageType.DECLINE::equals).isPresent()) {
        machine.remembered = null;
      }
      return 0;
    }
    MessageType type = reply.packet().messageType().orElseThrow();
    if (type == MessageType.OFFER) {
      machine.offered = reply.packet().yiaddr();
      return 0;
    }
    if (type == MessageType.NAK) {
      machine.offered = null;
      machine.remembered = null;
      return 0;
    }
    Ipv4 asked = packet.options().address(50).orElse(packet.ciaddr());
    assertThat(reply.packet().yiaddr()).as("ACK is what was asked: " + trail).isEqualTo(asked);
    promises.values().removeIf(promise -> promise.mac().equals(machine.mac));
    Duration told =
        reply
            .packet()
            .options()
            .as(OptionCode.LEASE_TIME, DhcpOption.Seconds.class)
            .orElseThrow()
            .duration();
    Promise before = promises.put(asked, new Promise(machine.mac, room.now().plus(told)));
    assertThat(before == null || !room.now().isBefore(before.until()))
        .as("promised to " + before + " still: " + trail)
        .isTrue();
    machine.remembered = asked;
    machine.offered = null;
    return 1;
  }

  private static void assertNoDoubles(PcRoom room, String trail) {
    Map<Mac, Ipv4> live = new HashMap<>();
    for (Lease lease : room.table.leases()) {
      if (lease.isLive(room.now())) {
        assertThat(live.put(lease.mac(), lease.address())).as("two of one: " + trail).isNull();
        Optional<Offer> offer = room.table.offerAt(lease.address());
        assertThat(offer.filter(o -> o.isLive(room.now()) && !o.mac().equals(lease.mac())))
            .as("leased and on offer to another: " + trail)
            .isEmpty();
      }
    }
  }
}
