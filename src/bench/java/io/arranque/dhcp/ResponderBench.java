package io.arranque.dhcp;

import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpPacket;
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

/** What it costs to decide about one packet, in each of the client's states. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class ResponderBench {
  private static final int DISTINCT = 1024;

  /** Leases in the table, all of them live. */
  @Param({"0", "64000"})
  public int leases;

  /** Whether the inventory knows the machines that ask. */
  @Param({"false", "true"})
  public boolean known;

  private Snapshot snapshot;
  private Responder responder;
  private DhcpPacket[] discover;
  private DhcpPacket[] selecting;
  private DhcpPacket[] initReboot;
  private DhcpPacket[] renewing;
  private DhcpPacket[] inform;
  private DhcpPacket ipxe;
  private DhcpPacket rom;
  private int next;

  @Setup
  public void fill() {
    Load load = Load.of(leases, known);
    snapshot = load.snapshot();
    responder = load.responder;
    discover = new DhcpPacket[DISTINCT];
    selecting = new DhcpPacket[DISTINCT];
    initReboot = new DhcpPacket[DISTINCT];
    renewing = new DhcpPacket[DISTINCT];
    inform = new DhcpPacket[DISTINCT];
    for (int i = 0; i < DISTINCT; i++) {
      int which = leases == 0 ? i : i * (leases / DISTINCT);
      Mac mac = Load.mac(which);
      discover[i] = Fixture.discover(mac);
      selecting[i] = Fixture.selecting(mac, Load.SERVER, Load.FIRST.plus(which));
      initReboot[i] = Fixture.initReboot(mac, Load.FIRST.plus(which));
      renewing[i] = Fixture.renewing(mac, Load.FIRST.plus(which));
      inform[i] =
          DhcpPacket.request(io.arranque.dhcp.packet.MessageType.INFORM, mac, 1)
              .withCiaddr(Load.FIRST.plus(which));
    }
    ipxe = Fixture.capture("bios-e1000.ipxe.discover");
    rom = Fixture.capture("bios-legacy.pxe.discover");
  }

  private Verdict answer(DhcpPacket packet) {
    return responder.respond(packet, Load.AT, snapshot, Load.NOW);
  }

  private DhcpPacket one(DhcpPacket[] packets) {
    next = next + 1 & DISTINCT - 1;
    return packets[next];
  }

  @Benchmark
  public Verdict discover() {
    return answer(one(discover));
  }

  @Benchmark
  public Verdict selecting() {
    return answer(one(selecting));
  }

  @Benchmark
  public Verdict initReboot() {
    return answer(one(initReboot));
  }

  @Benchmark
  public Verdict renewing() {
    return answer(one(renewing));
  }

  @Benchmark
  public Verdict inform() {
    return answer(one(inform));
  }

  @Benchmark
  public Verdict discoverOfIpxe() {
    return answer(ipxe);
  }

  @Benchmark
  public Verdict discoverOfRom() {
    return answer(rom);
  }
}
