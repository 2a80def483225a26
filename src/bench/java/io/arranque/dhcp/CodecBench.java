package io.arranque.dhcp;

import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
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

/** Octets to packet and back, with packets of real firmware. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class CodecBench {
  @Param({"bios-e1000.ipxe.discover", "bios-e1000.ipxe.request"})
  public String capture;

  private byte[] request;
  private DhcpPacket reply;

  @Setup
  public void read() {
    DhcpPacket packet = Fixture.capture(capture);
    request = DhcpCodec.encode(packet);
    Load load = Load.of(0, false);
    Verdict verdict =
        load.responder.respond(
            Fixture.capture("bios-e1000.ipxe.discover"), Load.AT, load.snapshot(), Load.NOW);
    reply = ((Verdict.Reply) verdict).packet();
  }

  @Benchmark
  public DhcpPacket decode() throws MalformedPacket {
    return DhcpCodec.decode(request);
  }

  @Benchmark
  public byte[] encodeReply() {
    return DhcpCodec.encode(reply, 1500);
  }
}
