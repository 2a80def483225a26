package io.arranque.lab;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpCodec;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Machines that say of themselves what nobody should show as it is, wherever a machine can say
 * anything. Runs in the room; arguments: the appliance's address.
 */
final class HostileMain {
  private static final Pattern BOOT = Pattern.compile("/boot/([0-9a-f-]{17})/([A-Za-z0-9_-]{8,})");
  private static final int PATIENCE_MILLIS = 4_000;

  private final String server;
  private final DatagramSocket dhcp;
  private int xid = 0x66000000;

  private HostileMain(String server) throws IOException {
    this.server = server;
    this.dhcp = new DatagramSocket(68);
    dhcp.setBroadcast(true);
    dhcp.setSoTimeout(PATIENCE_MILLIS);
  }

  /** What they say; each has a machine of its own, {@link #mac}. */
  static List<byte[]> sayings() {
    return List.of(
        utf8("<script>window.hacked=1</script>"),
        utf8("\"'><img src=x onerror=window.hacked=2>"),
        utf8("{{7*7}}{% raw %}${7*7}"),
        utf8("a\r\nforged-line: 1\n2026-01-01 00:00:00 ERROR forged"),
        utf8("\u202Egnp.exe\u202C"),
        utf8("nul\0nul"),
        new byte[] {'x', (byte) 0xff, (byte) 0xfe, (byte) 0xc0, (byte) 0x80, 'x'},
        utf8("\u001b[2J\u001b]0;owned\u0007"),
        utf8("=HYPERLINK(\"http://evil.example\",\"x\")"),
        utf8("W".repeat(200)),
        utf8("../../../../etc/passwd"));
  }

  static Mac mac(int saying) {
    return new Mac(0x026600000000L + saying);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static void main(String[] args) throws Exception {
    HostileMain main = new HostileMain(args[0]);
    List<byte[]> sayings = sayings();
    for (int i = 0; i < sayings.size(); i++) {
      main.say(mac(i), sayings.get(i));
    }
    main.http("0.0.0.0", "GET /" + "A".repeat(65_536) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    System.out.println("SAID");
  }

  private void say(Mac mac, byte[] saying) throws Exception {
    Optional<Ipv4> address = lease(mac, saying);
    System.out.println(mac + " has " + address);
    tftp(saying);
    String text = percent(saying);
    http("0.0.0.0", "GET /images/" + text + " HTTP/1.0\r\nHost: x\r\n\r\n");
    http("0.0.0.0", "GET /tftp/" + text + " HTTP/1.0\r\nUser-Agent: " + text + "\r\n\r\n");
    if (address.isPresent()) {
      boot(mac, address.get().toString(), saying);
    }
  }

  /** As the machine that has the address: iPXE's parameters, then a report of the system. */
  private void boot(Mac mac, String address, byte[] saying) throws Exception {
    new ProcessBuilder("ip", "addr", "add", address + "/24", "dev", "br0").start().waitFor();
    String text = percent(saying);
    String query = "/ipxe?mac=" + mac;
    for (String name : List.of("serial", "uuid", "asset", "manufacturer", "product", "platform")) {
      query += "&" + name + "=" + text;
    }
    String script = http(address, "GET " + query + " HTTP/1.0\r\nHost: x\r\n\r\n");
    Matcher boot = BOOT.matcher(script);
    if (boot.find()) {
      String to = "/boot/" + boot.group(1) + "/" + boot.group(2) + "/phone-home";
      post(address, to, "application/x-www-form-urlencoded", "hostname=" + text + "&fqdn=" + text);
      String json = new String(saying, StandardCharsets.ISO_8859_1).replaceAll("[\"\\\\]", "'");
      json = json.replaceAll("\\p{Cntrl}", "\\\\u001b");
      post(address, to, "application/json", "{\"stage\":\"up\",\"message\":\"" + json + "\"}");
      post(address, to, "application/json", "{\"stage\":\"" + json + "\",\"message\":\"x\"}");
      System.out.println("reported " + mac);
    }
    new ProcessBuilder("ip", "addr", "del", address + "/24", "dev", "br0").start().waitFor();
  }

  private void post(String from, String path, String type, String body) throws IOException {
    byte[] octets = body.getBytes(StandardCharsets.ISO_8859_1);
    http(
        from,
        "POST %s HTTP/1.0\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(path, type, octets.length, body));
  }

  private Optional<Ipv4> lease(Mac mac, byte[] saying) throws Exception {
    send(packet(MessageType.DISCOVER, mac, saying));
    Optional<DhcpPacket> offer = answer(mac);
    if (offer.isEmpty()) {
      return Optional.empty();
    }
    Ipv4 address = offer.get().yiaddr();
    send(
        packet(MessageType.REQUEST, mac, saying)
            .with(new DhcpOption.Address(OptionCode.REQUESTED_ADDRESS, address))
            .with(new DhcpOption.Address(OptionCode.SERVER_IDENTIFIER, Ipv4.of(server))));
    return answer(mac).map(DhcpPacket::yiaddr);
  }

  private DhcpPacket packet(MessageType type, Mac mac, byte[] saying) {
    Octets octets = Octets.of(saying);
    byte[] vendor = ("PXEClient:Arch:00007:" + "x".repeat(3)).getBytes(StandardCharsets.US_ASCII);
    byte[] both = Arrays.copyOf(vendor, vendor.length + saying.length);
    System.arraycopy(saying, 0, both, vendor.length, saying.length);
    return DhcpPacket.request(type, mac, ++xid)
        .withFlags(0x8000)
        .with(new DhcpOption.Opaque(OptionCode.HOST_NAME, octets))
        .with(new DhcpOption.Opaque(OptionCode.VENDOR_CLASS, Octets.of(both)))
        .with(new DhcpOption.Opaque(OptionCode.USER_CLASS, octets))
        .with(new DhcpOption.Opaque(OptionCode.CLIENT_FQDN, octets))
        .with(new DhcpOption.Opaque(OptionCode.CLIENT_ARCHITECTURE, Octets.of((byte) 0, (byte) 7)))
        .with(
            new DhcpOption.Nested(
                OptionCode.RELAY_AGENT_INFORMATION,
                List.of(new DhcpOption.Suboption(1, octets), new DhcpOption.Suboption(2, octets)),
                false));
  }

  private void send(DhcpPacket packet) throws IOException {
    byte[] octets = DhcpCodec.encode(packet);
    InetAddress all = InetAddress.getByName("192.168.33.255");
    dhcp.send(new DatagramPacket(octets, octets.length, all, 67));
  }

  private Optional<DhcpPacket> answer(Mac mac) throws Exception {
    byte[] octets = new byte[4096];
    while (true) {
      DatagramPacket datagram = new DatagramPacket(octets, octets.length);
      try {
        dhcp.receive(datagram);
      } catch (java.net.SocketTimeoutException e) {
        return Optional.empty();
      }
      DhcpPacket packet = DhcpCodec.decode(Arrays.copyOf(octets, datagram.getLength()));
      if (packet.mac().filter(mac::equals).isPresent() && packet.xid() == xid) {
        return Optional.of(packet);
      }
    }
  }

  private void tftp(byte[] name) throws IOException {
    java.io.ByteArrayOutputStream request = new java.io.ByteArrayOutputStream();
    request.write(0);
    request.write(1);
    request.write(name);
    request.write(new byte[] {0, 'o', 'c', 't', 'e', 't', 0});
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] octets = request.toByteArray();
      InetSocketAddress to = new InetSocketAddress(server, 69);
      socket.send(new DatagramPacket(octets, octets.length, to));
    }
  }

  private String http(String from, String request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(server, 8081), PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // held until somebody gives it a role, or refused in the middle
    }
  }

  private static String percent(byte[] octets) {
    StringBuilder text = new StringBuilder();
    for (byte octet : octets) {
      text.append("%%%02X".formatted(octet & 0xff));
    }
    return text.toString();
  }
}
