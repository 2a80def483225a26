package io.arranque.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Segment;
import io.arranque.timeline.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class LeaseTableTest {
  private static final Ipv4 A = Ipv4.of("192.168.33.100");
  private static final int POOL = 20;

  private final Segment segment = Fixture.segment(Segment.Mode.SERVER, A + "-" + A.plus(POOL - 1));
  private final LeaseTable table = new LeaseTable();
  private Instant now = Fixture.NOW;

  LeaseTableTest() {
    table.segments(Fixture.site(segment));
    table.expire(now);
  }

  private static boolean nobody(Mac mac) {
    return mac.bits() < 0;
  }

  private static Mac mac(int i) {
    return new Mac(0x525400000000L + i);
  }

  private static Verdict.Silence changing(LeaseChange change) {
    return new Verdict.Silence(
        Reason.ADDRESS_RELEASED, List.of(change), Optional.empty(), List.of());
  }

  private static Verdict bound(int address, int machine, Instant end) {
    return changing(
        new LeaseChange.Bound(
            new Lease(A.plus(address), mac(machine), "sala5", Fixture.NOW, end, Optional.empty())));
  }

  private static Verdict offered(int address, int machine, Instant until) {
    return new Verdict.Reply(
        Fixture.discover(mac(machine)),
        new Destination(Ipv4.BROADCAST, 68),
        List.of(),
        List.of(new Offer(A.plus(address), mac(machine), "sala5", until)),
        Optional.empty(),
        List.of());
  }

  private Optional<Ipv4> free(Predicate<Mac> keep) {
    return table.firstFree(segment, address -> true, keep, now);
  }

  private void fill(Duration firstEndsAfter) {
    for (int i = 0; i < POOL; i++) {
      table.apply(bound(i, i, now.plus(firstEndsAfter).plusSeconds(i)));
    }
    table.keep();
  }

  @Test
  void aFullPoolGivesTheLeaseThatEndedFirst() {
    fill(Duration.ofHours(1));
    assertThat(free(LeaseTableTest::nobody)).isEmpty();
    now = now.plus(Duration.ofHours(1)).plusSeconds(3);
    assertThat(free(LeaseTableTest::nobody)).contains(A);
  }

  @Test
  void aLeaseThatWasProlongedIsNotGivenAtItsEarlierEnd() {
    fill(Duration.ofHours(1));
    table.apply(bound(0, 0, now.plus(Duration.ofHours(5))));
    now = now.plus(Duration.ofHours(1)).plusSeconds(3);
    table.expire(now);
    assertThat(free(LeaseTableTest::nobody)).contains(A.plus(1));
    now = now.plus(Duration.ofHours(5));
    assertThat(free(LeaseTableTest::nobody)).contains(A.plus(1));
  }

  @Test
  void whatIsReleasedIsFreeAtOnceAndWhatIsOnOfferIsNot() {
    fill(Duration.ofHours(1));
    table.apply(changing(new LeaseChange.Released(A.plus(7), now)));
    assertThat(free(LeaseTableTest::nobody)).contains(A.plus(7));
    table.apply(offered(7, 99, now.plusSeconds(60)));
    assertThat(free(LeaseTableTest::nobody)).isEmpty();
    now = now.plusSeconds(60);
    table.expire(now);
    assertThat(free(LeaseTableTest::nobody)).contains(A.plus(7));
  }

  @Test
  void endedLeasesOfMachinesThatComeBackAreTheLastToBeGivenToStrangers() {
    fill(Duration.ofHours(1));
    now = now.plus(Duration.ofHours(2));
    Predicate<Mac> known = mac -> !mac.equals(mac(11));
    assertThat(free(known)).contains(A.plus(11));
    table.apply(offered(11, 99, now.plusSeconds(60)));
    assertThat(free(known)).contains(A);
    table.apply(bound(0, 0, now.plus(Duration.ofHours(1))));
    assertThat(free(known)).contains(A.plus(1));
  }

  @Test
  void aQuarantineEndsAndNoOtherWithIt() {
    table.apply(changing(new LeaseChange.Quarantined(A.plus(1), now.plusSeconds(30))));
    table.apply(changing(new LeaseChange.Quarantined(A, now.plusSeconds(60))));
    assertThat(free(LeaseTableTest::nobody)).contains(A.plus(2));
    now = now.plusSeconds(30);
    table.expire(now);
    assertThat(table.quarantine(A)).isPresent();
    assertThat(free(LeaseTableTest::nobody)).contains(A.plus(1));
  }

  @Test
  void aClockThatIsPutBackGivesNobodysLiveLease() {
    fill(Duration.ofHours(1));
    now = now.plus(Duration.ofHours(2));
    assertThat(free(LeaseTableTest::nobody)).contains(A);
    now = Fixture.NOW;
    table.expire(now);
    assertThat(free(LeaseTableTest::nobody)).isEmpty();
  }

  /** Against a table that walks through everything. */
  @Test
  void thousandsOfRandomStepsEndWhereAPlainTableEnds() {
    Random random = new Random(20_260_301);
    Map<Ipv4, Lease> leases = new HashMap<>();
    for (int step = 0; step < 5_000; step++) {
      now = now.plusSeconds(random.nextInt(30));
      table.expire(now);
      table.keep();
      Map<Ipv4, Lease> before = new HashMap<>(leases);
      for (int i = random.nextInt(4); i >= 0; i--) {
        change(random, leases);
      }
      if (random.nextInt(4) == 0) {
        table.rollback();
        leases = before;
      } else {
        table.keep();
      }
      if (random.nextInt(100) == 0) {
        table.segments(Fixture.site(segment));
      }
      assertThat(free(LeaseTableTest::nobody)).isEqualTo(plainFree(leases));
      assertThat(table.leases()).containsExactlyInAnyOrderElementsOf(leases.values());
    }
  }

  private void change(Random random, Map<Ipv4, Lease> leases) {
    int which = random.nextInt(POOL);
    Ipv4 address = A.plus(which);
    switch (random.nextInt(4)) {
      case 0 -> {
        table.apply(changing(new LeaseChange.Released(address, now)));
        leases.computeIfPresent(
            address,
            (a, old) -> new Lease(a, old.mac(), "sala5", old.since(), now, Optional.empty()));
      }
      default -> {
        Instant end = now.plusSeconds(1 + random.nextInt(1_000));
        table.apply(bound(which, which, end));
        leases.put(
            address, new Lease(address, mac(which), "sala5", Fixture.NOW, end, Optional.empty()));
      }
    }
  }

  private Optional<Ipv4> plainFree(Map<Ipv4, Lease> leases) {
    List<Lease> ended = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      Lease lease = leases.get(A.plus(i));
      if (lease == null) {
        return Optional.of(A.plus(i));
      }
      if (!lease.isLive(now)) {
        ended.add(lease);
      }
    }
    return ended.stream()
        .min(Comparator.comparing(Lease::expires).thenComparing(Lease::address))
        .map(Lease::address);
  }
}
