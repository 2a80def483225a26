package io.arranque.web.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.AddressRange;
import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.Lease;
import io.arranque.dhcp.Offer;
import io.arranque.site.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressMapTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Mac A = Mac.of("52:54:00:00:00:0a");
  private static final Mac B = Mac.of("52:54:00:00:00:0b");

  private static Segment segment(String subnet, String pool) {
    Cidr cidr = Cidr.of(subnet);
    return new Segment(
        "sala5",
        cidr,
        Optional.empty(),
        false,
        Segment.Mode.SERVER,
        false,
        List.of(AddressRange.of(pool)),
        Optional.of(cidr.network().plus(1)),
        List.of(cidr.network().plus(3)),
        Optional.empty(),
        Duration.ofHours(12),
        List.of(),
        Map.of(),
        new Segment.UnknownMachines.Discover(),
        Optional.empty(),
        Map.of());
  }

  private static Lease lease(String address, Mac mac, Duration left) {
    return new Lease(
        Ipv4.of(address), mac, "sala5", NOW.minusSeconds(9), NOW.plus(left), Optional.empty());
  }

  private static AddressMap map(Segment segment, Lease... leases) {
    return new AddressMap(
        segment,
        new AddressMap.Facts(
            AddressMap.byAddress(List.of(leases)),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            Set.of(),
            Set.of(),
            new HashMap<>()),
        NOW);
  }

  /** Every fact about the same address, told by a letter. */
  @ParameterizedTest(name = "{0} in {1} is {2}")
  @CsvSource({
    // facts, address, state
    "'', 192.168.33.100, free",
    "'', 192.168.33.99, outside",
    "'', 192.168.33.0, edge",
    "'', 192.168.33.255, edge",
    "'', 192.168.33.1, router",
    "'', 192.168.33.3, dns",
    "L, 192.168.33.100, leased",
    "L, 192.168.33.99, leased",
    "E, 192.168.33.100, ended",
    "O, 192.168.33.100, free",
    "R, 192.168.33.100, reserved",
    "R, 192.168.33.20, reserved",
    "RL, 192.168.33.100, reserved-used",
    "XL, 192.168.33.100, reserved-taken",
    "RE, 192.168.33.100, reserved",
    "F, 192.168.33.100, offered",
    "FE, 192.168.33.100, offered",
    "FL, 192.168.33.100, leased",
    "P, 192.168.33.100, free",
    "Q, 192.168.33.100, set-aside",
    "QR, 192.168.33.100, set-aside",
    "U, 192.168.33.100, free",
    "M, 192.168.33.100, ours",
    "ML, 192.168.33.100, ours",
    "S, 192.168.33.250, server",
    "SL, 192.168.33.100, server",
    "V, 192.168.33.30, seen",
    "V, 192.168.33.100, free",
    "L, 192.168.33.1, leased",
  })
  void theStateOfAnAddressFollowsFromWhatIsKnown(String facts, String address, String state) {
    Ipv4 at = Ipv4.of(address);
    TreeMap<Ipv4, Lease> leases = new TreeMap<>();
    Map<Ipv4, Offer> offers = new HashMap<>();
    Map<Ipv4, Instant> setAside = new HashMap<>();
    Map<Ipv4, Mac> reserved = new HashMap<>();
    Map<Ipv4, Mac> seen = new HashMap<>();
    for (int i = 0; i < facts.length(); i++) {
      switch (facts.charAt(i)) {
        case 'L' -> leases.put(at, lease(address, A, Duration.ofHours(1)));
        case 'E' -> leases.put(at, lease(address, A, Duration.ofDays(-6)));
        case 'O' -> leases.put(at, lease(address, A, Duration.ofDays(-8)));
        case 'F' -> offers.put(at, new Offer(at, A, "sala5", NOW.plusSeconds(1)));
        case 'P' -> offers.put(at, new Offer(at, A, "sala5", NOW));
        case 'Q' -> setAside.put(at, NOW.plusSeconds(1));
        case 'U' -> setAside.put(at, NOW);
        case 'R' -> reserved.put(at, A);
        case 'X' -> reserved.put(at, B);
        case 'V' -> seen.put(at, A);
        default -> {}
      }
    }
    AddressMap map =
        new AddressMap(
            segment("192.168.33.0/24", "192.168.33.100-192.168.33.199"),
            new AddressMap.Facts(
                leases,
                offers,
                setAside,
                reserved,
                facts.contains("M") ? Set.of(at) : Set.of(),
                facts.contains("S") ? Set.of(at) : Set.of(),
                seen),
            NOW);
    assertThat(map.cell(at).state().label()).isEqualTo(state);
  }

  @Test
  void everyStateHasASignOfItsOwn() {
    assertThat(Stream.of(AddressState.values()).map(AddressState::sign)).doesNotHaveDuplicates();
  }

  @Test
  void aSmallSubnetIsShownWhole() {
    AddressMap map = map(segment("10.0.0.64/26", "10.0.0.70-10.0.0.80"));
    assertThat(map.blocks()).isEmpty();
    assertThat(map.cells(map.firstBlock())).hasSize(64);
  }

  @Test
  void aLargeOneIsCutIntoPartsAndBeginsWhereThePoolDoes() {
    AddressMap map =
        map(
            segment("10.4.0.0/22", "10.4.1.250-10.4.3.9"),
            lease("10.4.2.7", A, Duration.ofHours(1)),
            lease("10.4.2.8", B, Duration.ofHours(-1)));
    assertThat(map.firstBlock()).isEqualTo(Cidr.of("10.4.1.0/24"));
    assertThat(map.cells(map.firstBlock())).hasSize(256);
    assertThat(map.blocks())
        .extracting(b -> b.cidr() + " " + b.pool() + " " + b.leased())
        .containsExactly(
            "10.4.0.0/24 0 0", "10.4.1.0/24 6 0", "10.4.2.0/24 256 1", "10.4.3.0/24 10 0");
  }

  @Test
  void ofAHugeOneOnlyTheFirstThousandPartsThatHoldAnythingAreListed() {
    assertThat(map(segment("10.0.0.0/8", "10.0.0.10-10.200.0.0")).blocks()).hasSize(1024);
    assertThat(
            map(segment("10.0.0.0/8", "10.7.0.10-10.7.0.20"), lease("10.9.9.9", A, Duration.ZERO))
                .blocks())
        .extracting(b -> b.cidr().toString())
        .containsExactly("10.7.0.0/24", "10.9.9.0/24");
    assertThat(map(segment("10.0.0.0/14", "10.0.0.10-10.0.0.20")).blocks()).hasSize(1024);
  }

  @Test
  void theLastAddressOfAllIsNoEndlessLoop() {
    AddressMap map = map(segment("255.255.255.0/24", "255.255.255.10-255.255.255.20"));
    assertThat(map.cells(map.firstBlock())).hasSize(256);
  }
}
