package io.arranque.lab;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MalformedPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The hands of {@link SimulatedPcs}, in the room: packets by order, over real sockets. The orders
 * come line by line through a socket of the file system, which no network namespace divides.
 * Arguments: that socket, the appliance's address, our own.
 */
final class SimulatedPcMain {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int HTTP_PATIENCE_MILLIS = 30_000;
  private static final int REPLY_OCTETS = 16_384;

  /** Of the kernel's on our side, so that a file that is not read comes to stand still. */
  private static final int WINDOW = 16_384;

  private final String server;
  private final Ipv4 own;
  private final DatagramSocket client;
  private final DatagramSocket relay;
  private final List<DatagramSocket> transfers = new ArrayList<>();
  private final List<Socket> held = new ArrayList<>();
  private int xid = 0x77000000;

  private SimulatedPcMain(String server, String own) throws IOException {
    this.server = server;
    this.own = Ipv4.of(own);
    this.client = new DatagramSocket(68);
    this.relay = new DatagramSocket(new InetSocketAddress(own, 67));
    for (DatagramSocket socket : List.of(client, relay)) {
      socket.setBroadcast(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  public static void main(String[] arguments) throws Exception {
    try (SocketChannel orders = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]))) {
      SimulatedPcMain pcs = new SimulatedPcMain(arguments[1], arguments[2]);
      BufferedReader lines = new BufferedReader(Channels.newReader(orders, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String answer;
        try {
          answer = pcs.obey(line.split(" ", -1));
        } catch (IOException e) {
          answer = "! " + e;
        }
        orders.write(ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private String obey(String[] words) throws Exception {
    return switch (words[0]) {
      case "address" -> address(words[1], words[2]);
      case "dhcp" -> dhcp(words);
      case "tftp" -> tftp(words[1], words[2], Integer.parseInt(words[3]), words[4]);
      case "resume" -> takeBlocks(transfers.get(transfers.size() - 1), Integer.MAX_VALUE, "whole");
      case "get" ->
          http(words[1], "GET " + words[2] + " HTTP/1.1\r\nHost: x\r\n\r\n", words[3], words[4]);
      case "post" ->
          http(
              words[1],
              "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(words[2], decoded(words[3]).length(), decoded(words[3])),
              "all",
              "close");
      default -> throw new IOException("what is " + words[0] + "?");
    };
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static String address(String verb, String address) throws Exception {
    int exit =
        new ProcessBuilder("ip", "addr", verb, address + "/24", "dev", "br0")
            .inheritIO()
            .start()
            .waitFor();
    return "exit " + exit;
  }

  /** {@code dhcp MAC TYPE KIND [NAME=VALUE…]}: the answer's type, address and boot file. */
  private String dhcp(String[] words) throws Exception {
    Mac mac = Mac.of(words[1]);
    DhcpPacket packet =
        said(DhcpPacket.request(MessageType.valueOf(words[2]), mac, ++xid), words[3]);
    boolean awaited = true;
    boolean relayed = false;
    int times = 1;
    for (String given : Arrays.asList(words).subList(4, words.length)) {
      String value = given.substring(given.indexOf('=') + 1);
      switch (given.substring(0, given.indexOf('='))) {
        case "requested" -> packet = packet.with(option(OptionCode.REQUESTED_ADDRESS, value));
        case "server" -> packet = packet.with(option(OptionCode.SERVER_IDENTIFIER, value));
        case "ciaddr" -> packet = packet.withCiaddr(Ipv4.of(value));
        case "behind" -> {
          relayed = true;
          packet = behind(packet, value);
        }
        case "times" -> times = Integer.parseInt(value);
        case "answer" -> awaited = Boolean.parseBoolean(value);
        default -> throw new IOException("what is " + given + "?");
      }
    }
    DatagramSocket socket = relayed ? relay : client;
    byte[] octets = DhcpCodec.encode(relayed ? packet : packet.withFlags(0x8000));
    InetAddress to = InetAddress.getByName(relayed ? server : "192.168.33.255");
    for (int i = 0; i < times; i++) {
      socket.send(new DatagramPacket(octets, octets.length, to, 67));
    }
    return awaited ? answer(socket, mac).orElse("- - -") : "sent - -";
  }

  private static DhcpOption option(int code, String address) {
    return new DhcpOption.Address(code, Ipv4.of(address));
  }

  /** RFC 3527: which subnet it is of, when that is not the relay's own. */
  private DhcpPacket behind(DhcpPacket packet, String subnet) {
    Octets link = Octets.of(Ipv4.of(subnet).octets());
    return packet
        .withGiaddr(own)
        .withHops(1)
        .with(
            new DhcpOption.Nested(
                OptionCode.RELAY_AGENT_INFORMATION,
                List.of(new DhcpOption.Suboption(5, link)),
                false));
  }

  /** {@code rom:ARCHITECTURE}, {@code ipxe} or {@code system}. */
  private static DhcpPacket said(DhcpPacket packet, String kind) {
    if (kind.equals("system")) {
      return packet;
    }
    int architecture = kind.startsWith("rom:") ? Integer.parseInt(kind.substring(4)) : 0;
    DhcpPacket firmware =
        packet
            .with(
                new DhcpOption.Text(
                    OptionCode.VENDOR_CLASS,
                    "PXEClient:Arch:%05d:UNDI:002001".formatted(architecture)))
            .with(
                new DhcpOption.Opaque(
                    OptionCode.CLIENT_ARCHITECTURE,
                    Octets.of((byte) (architecture >> 8), (byte) architecture)));
    return kind.equals("ipxe")
        ? firmware.with(new DhcpOption.Opaque(OptionCode.USER_CLASS, Octets.ofAscii("iPXE")))
        : firmware;
  }

  private Optional<String> answer(DatagramSocket socket, Mac mac) throws IOException {
    byte[] octets = new byte[2048];
    while (true) {
      DatagramPacket datagram = new DatagramPacket(octets, octets.length);
      try {
        socket.receive(datagram);
        DhcpPacket packet = DhcpCodec.decode(Arrays.copyOf(octets, datagram.getLength()));
        if (packet.xid() == xid && packet.mac().equals(Optional.of(mac))) {
          String file = packet.file().isEmpty() ? "-" : packet.file();
          return Optional.of(
              packet.messageType().orElseThrow() + " " + packet.yiaddr() + " " + file);
        }
      } catch (SocketTimeoutException e) {
        return Optional.empty();
      } catch (MalformedPacket e) {
        throw new IOException("the server sends what is not DHCP", e);
      }
    }
  }

  /** Takes so many blocks of 512, then ends by {@code silence} or {@code error}. */
  private String tftp(String from, String file, int blocks, String end) throws IOException {
    // Never closed: a machine that falls silent does not say that its port is shut.
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(from, 0));
    transfers.add(socket);
    socket.setSoTimeout(PATIENCE_MILLIS);
    byte[] request =
        ("\0\1" + file + "\0octet\0blksize\0" + "512\0").getBytes(StandardCharsets.ISO_8859_1);
    socket.send(new DatagramPacket(request, request.length, new InetSocketAddress(server, 69)));
    return takeBlocks(socket, blocks, end);
  }

  private String takeBlocks(DatagramSocket socket, int blocks, String end) throws IOException {
    byte[] octets = new byte[1024];
    for (int taken = 0; ; taken++) {
      DatagramPacket block = new DatagramPacket(octets, octets.length);
      try {
        socket.receive(block);
      } catch (SocketTimeoutException e) {
        return taken + " silence";
      }
      int code = octets[1];
      if (code == 5) {
        return taken + " error";
      }
      if (taken >= blocks && end.equals("error")) {
        byte[] error = "\0\5\0\0no room for that\0".getBytes(StandardCharsets.ISO_8859_1);
        socket.send(new DatagramPacket(error, error.length, block.getSocketAddress()));
      }
      if (taken >= blocks) {
        return taken + " " + end;
      }
      // The answer to an OACK is the acknowledgement of block 0.
      byte[] ack = {0, 4, code == 6 ? 0 : octets[2], code == 6 ? 0 : octets[3]};
      socket.send(new DatagramPacket(ack, ack.length, block.getSocketAddress()));
      if (code == 3 && block.getLength() < 516) {
        return taken + " whole";
      }
    }
  }

  /** Status and, in Base64, the beginning of the body; after {@code take} octets it ends. */
  private String http(String from, String request, String take, String end) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(WINDOW);
    socket.bind(new InetSocketAddress(from, 0));
    socket.setSoTimeout(HTTP_PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(server, 8081), PATIENCE_MILLIS);
    OutputStream out = socket.getOutputStream();
    out.write(request.getBytes(StandardCharsets.UTF_8));
    InputStream in = socket.getInputStream();
    String head = head(in);
    String length =
        head.lines()
            .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
            .map(line -> line.substring(15).strip())
            .findFirst()
            .orElse("0");
    long wanted = Long.parseLong(take.equals("all") ? length : take);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (long taken = 0; taken < wanted; ) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, wanted - taken));
      if (read < 0) {
        break;
      }
      taken += read;
      body.write(buffer, 0, body.size() < REPLY_OCTETS ? read : 0);
    }
    if (end.equals("hold")) {
      held.add(socket);
    } else {
      socket.close();
    }
    String status = head.split(" ", 3)[1];
    return status + " " + Base64.getEncoder().encodeToString(body.toByteArray());
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("cut off: " + head);
      }
      head.append((char) octet);
    }
    return head.toString();
  }
}
