package io.arranque.tftp;

import io.arranque.address.Ipv4;
import io.arranque.tftp.TftpAnswer.Refused;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.tftp.TftpPacket.ReadRequest;
import io.arranque.tftp.TftpPacket.WriteRequest;
import io.arranque.timeline.Reason;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears the requests to one address. */
final class RequestServer extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger LOG = LoggerFactory.getLogger(RequestServer.class);
  private static final int SHOWN_NAME_MAX = 128;
  private static final Refused READ_ONLY =
      new Refused(
          ErrorPacket.ACCESS_VIOLATION,
          "read-only: nothing can be written here",
          Reason.WRITE_REFUSED);
  private static final Refused NO_SUCH_NAME =
      new Refused(
          ErrorPacket.ACCESS_VIOLATION,
          "the name is empty or leaves the folder",
          Reason.OUTSIDE_FOLDER);
  private static final Refused UNKNOWN_MODE =
      new Refused(ErrorPacket.ILLEGAL_OPERATION, "unknown mode, ask for octet", Reason.BAD_REQUEST);
  private static final Refused BROKEN =
      new Refused(
          ErrorPacket.UNDEFINED, "internal error, see the server's log", Reason.INTERNAL_ERROR);

  /** 224.0.0.0 to 239.255.255.255. */
  private static final int MULTICAST = 0b1110;

  /** What is known of the addresses asked; those of a card may change. */
  private static final long ADDRESSES_KEPT = TimeUnit.MINUTES.toNanos(1);

  private final Map<Ipv4, Boolean> askedAddresses = new HashMap<>();
  private long askedAddressesSince = System.nanoTime();
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
    if (!isOwn(asked)) {
      // RFC 1123 section 4.2.3.5: silence, or one request would bring answers from every server.
      listener.ignored(client, Reason.ASKED_BY_BROADCAST, "");
      return;
    }
    byte[] octets = ByteBufUtil.getBytes(datagram.content());
    try {
      TftpPacket packet = TftpCodec.decode(octets);
      if (packet instanceof ReadRequest request) {
        read(request, sender, asked);
      } else if (packet instanceof WriteRequest write) {
        ReadRequest same = new ReadRequest(write.filename(), write.mode(), List.of());
        transfers.refuse(order(same, printable(write.filename()), sender, asked), READ_ONLY);
      } else {
        listener.ignored(client, Reason.BAD_REQUEST, "no request");
      }
    } catch (MalformedTftpPacket e) {
      listener.ignored(client, Reason.BAD_REQUEST, "malformed: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("TFTP request of {}: {}", client, HexFormat.of().formatHex(octets), e);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.warn("TFTP on {}", address, cause);
  }

  private boolean isOwn(Ipv4 asked) {
    if (asked.isAny()) {
      return true;
    }
    if (asked.equals(Ipv4.BROADCAST) || asked.bits() >>> 28 == MULTICAST) {
      return false;
    }
    long now = System.nanoTime();
    if (now - askedAddressesSince > ADDRESSES_KEPT) {
      askedAddresses.clear();
      askedAddressesSince = now;
    }
    return askedAddresses.computeIfAbsent(asked, TransferSocketServer::isUnicast);
  }

  private void read(ReadRequest request, InetSocketAddress sender, Ipv4 asked) {
    Optional<TftpName> name = TftpName.parse(request.filename());
    if (name.isEmpty()) {
      transfers.refuse(order(request, printable(request.filename()), sender, asked), NO_SUCH_NAME);
      return;
    }
    Order order = order(request, name.get().toString(), sender, asked);
    String mode = request.mode().toLowerCase(Locale.ROOT);
    if (!mode.equals("octet") && !mode.equals("netascii")) {
      transfers.refuse(order, UNKNOWN_MODE);
      return;
    }
    TftpFiles.Request lookUp = new TftpFiles.Request(name.get(), order.client(), asked);
    transfers.begin(order, () -> answer(lookUp));
  }

  /** A machine should show an error at once, not wait for an answer that a bug of ours ate. */
  private TftpAnswer answer(TftpFiles.Request request) {
    try {
      return files.open(request);
    } catch (RuntimeException e) {
      LOG.error("TFTP: looking up {} for {}", request.name(), request.client(), e);
      return BROKEN;
    }
  }

  private Order order(ReadRequest request, String file, InetSocketAddress sender, Ipv4 asked) {
    Ipv4 client = Ipv4.of((Inet4Address) sender.getAddress());
    return new Order(request, file, client, sender.getPort(), asked, clock.instant());
  }

  private static Ipv4 addressed(DatagramPacket datagram) {
    return datagram.recipient().getAddress() instanceof Inet4Address inet
        ? Ipv4.of(inet)
        : Ipv4.ANY;
  }

  private static String printable(String sent) {
    String shown = sent.length() > SHOWN_NAME_MAX ? sent.substring(0, SHOWN_NAME_MAX) : sent;
    return shown.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
