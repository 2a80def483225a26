package io.arranque.tftp;

import io.arranque.address.Ipv4;
import io.arranque.tftp.TftpAnswer.Refused;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.tftp.TftpPacket.ReadRequest;
import io.arranque.tftp.TftpPacket.WriteRequest;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears the requests to one address. */
final class RequestServer extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger LOG = LoggerFactory.getLogger(RequestServer.class);
  private static final int SHOWN_NAME_MAX = 128;
  private static final Refused READ_ONLY =
      refused(ErrorPacket.ACCESS_VIOLATION, "read-only: nothing can be written here");
  private static final Refused NO_SUCH_NAME =
      refused(ErrorPacket.ACCESS_VIOLATION, "the name is empty or leaves the folder");

  private final Ipv4 address;
  private final TftpFiles files;
  private final TransfersServer transfers;
  private final TransferListener listener;
  private final InstantSource clock;

  RequestServer(
      Ipv4 address,
      TftpFiles files,
      TransfersServer transfers,
      TransferListener listener,
      InstantSource clock) {
    this.address = address;
    this.files = files;
    this.transfers = transfers;
    this.listener = listener;
    this.clock = clock;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
    InetSocketAddress sender = datagram.sender();
    if (!(sender.getAddress() instanceof Inet4Address inet) || sender.getPort() == 0) {
      return;
    }
    Ipv4 client = Ipv4.of(inet);
    Ipv4 asked = address.isAny() ? addressed(datagram) : address;
    if (asked.equals(Ipv4.BROADCAST)) {
      // RFC 1123 section 4.2.3.5: silence, or one request would bring answers from every server.
      listener.ignored(client, "a request by broadcast");
      return;
    }
    byte[] octets = ByteBufUtil.getBytes(datagram.content());
    try {
      TftpPacket packet = TftpCodec.decode(octets);
      if (packet instanceof ReadRequest request) {
        read(request, sender, asked);
      } else if (packet instanceof WriteRequest write) {
        ReadRequest same = new ReadRequest(write.filename(), write.mode(), List.of());
        refuse(order(same, printable(write.filename()), sender), asked, READ_ONLY);
      } else {
        listener.ignored(client, "no request");
      }
    } catch (MalformedTftpPacket e) {
      listener.ignored(client, "malformed: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("TFTP request of {}: {}", client, HexFormat.of().formatHex(octets), e);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.warn("TFTP on {}", address, cause);
  }

  private void read(ReadRequest request, InetSocketAddress sender, Ipv4 asked) {
    Optional<TftpName> name = TftpName.parse(request.filename());
    if (name.isEmpty()) {
      refuse(order(request, printable(request.filename()), sender), asked, NO_SUCH_NAME);
      return;
    }
    TransferServer.Order order = order(request, name.get().toString(), sender);
    String mode = request.mode().toLowerCase(Locale.ROOT);
    if (!mode.equals("octet") && !mode.equals("netascii")) {
      refuse(order, asked, refused(ErrorPacket.ILLEGAL_OPERATION, "unknown mode, ask for octet"));
      return;
    }
    if (transfers.isBeingAnswered(order)) {
      return;
    }
    TftpFiles.Request lookUp = new TftpFiles.Request(name.get(), order.client(), asked);
    transfers
        .begin(order, asked, () -> answer(lookUp))
        .ifPresent(refusal -> refuse(order, asked, refusal));
  }

  /** A machine should show an error at once, not wait for an answer that a bug of ours ate. */
  private TftpAnswer answer(TftpFiles.Request request) {
    try {
      return files.open(request);
    } catch (RuntimeException e) {
      LOG.error("TFTP: looking up {} for {}", request.name(), request.client(), e);
      return refused(ErrorPacket.UNDEFINED, "internal error, see the server's log");
    }
  }

  private TransferServer.Order order(ReadRequest request, String file, InetSocketAddress sender) {
    Ipv4 client = Ipv4.of((Inet4Address) sender.getAddress());
    return new TransferServer.Order(request, file, client, sender.getPort(), clock.instant());
  }

  private void refuse(TransferServer.Order order, Ipv4 asked, Refused refusal) {
    transfers.refuse(order, asked, new ErrorPacket(refusal.code(), refusal.message()));
    listener.finished(
        new TransferReport(
            order.client(),
            order.port(),
            order.file(),
            0,
            0,
            0,
            0,
            0,
            order.started(),
            Duration.ZERO,
            Outcome.REFUSED,
            refusal.reason(),
            refusal.message()));
  }

  private static Ipv4 addressed(DatagramPacket datagram) {
    return datagram.recipient().getAddress() instanceof Inet4Address inet
        ? Ipv4.of(inet)
        : Ipv4.ANY;
  }

  private static Refused refused(int code, String message) {
    return new Refused(code, message, Optional.empty());
  }

  private static String printable(String sent) {
    String shown = sent.length() > SHOWN_NAME_MAX ? sent.substring(0, SHOWN_NAME_MAX) : sent;
    return shown.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
