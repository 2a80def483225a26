package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The table's own work: a whole exchange applied and kept, and the search for a free address. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class LeaseTableBench {
  /** Leases in the table, of a pool of 65 000. */
  @Param({"100", "64000", "65000"})
  public int leases;

  private Load load;
  private Instant now;
  private int next;

  @Setup
  public void fill() {
    load = Load.of(leases, false);
    now = Load.NOW;
  }

  /** One machine's offer and lease, as from a batch of one. */
  @Benchmark
  public void offerAndBind() {
    next = (next + 7919) % leases;
    now = now.plusMillis(1);
    Ipv4 address = Load.FIRST.plus(next);
    load.table.expire(now);
    load.table.apply(offering(address));
    load.table.keep();
    load.table.apply(binding(address));
    load.table.keep();
  }

  /** The same, taken back. */
  @Benchmark
  public void bindAndRollBack() {
    next = (next + 7919) % leases;
    load.table.apply(binding(Load.FIRST.plus(next)));
    load.table.rollback();
  }

  /** With 65 000 of 65 000: nothing is free and all of it is live. */
  @Benchmark
  public Optional<Ipv4> firstFree() {
    return load.table.firstFree(
        load.site.segments().get("campus"),
        address -> true,
        mac -> Claim.NONE,
        Duration.ZERO,
        Load.NOW.plusSeconds(1));
  }

  private Verdict offering(Ipv4 address) {
    return new Verdict.Reply(
        Fixture.discover(Load.mac(next)),
        new Destination(Ipv4.BROADCAST, 68),
        List.of(),
        List.of(new Offer(address, Load.mac(next), "campus", now.plusSeconds(60))),
        Optional.empty(),
        List.of());
  }

  private Verdict binding(Ipv4 address) {
    Lease lease =
        new Lease(
            address, Load.mac(next), "campus", Load.NOW, now.plus(Load.LEASE), Optional.empty());
    return new Verdict.Silence(
        io.arranque.timeline.Reason.ADDRESS_RELEASED,
        List.of(new LeaseChange.Bound(lease)),
        Optional.empty(),
        List.of());
  }
}
