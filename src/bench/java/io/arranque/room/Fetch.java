package io.arranque.room;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Files for one PC, from its own address: TFTP for the loader, HTTP for the rest. */
final class Fetch {
  private static final int BLOCK = 1468;
  private static final int ROOM = 256 * 1024;

  private final InetAddress own;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);

  Fetch(InetAddress own) {
    this.own = own;
  }

  /** Bytes of the file; with a block size, block by block, as UEFI asks for it. */
  long tftp(InetAddress server, String file) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(own, 0))) {
      socket.setSoTimeout(1_000);
      byte[] request =
          ("\0\1" + file + "\0octet\0blksize\0" + BLOCK + "\0tsize\0" + "0\0")
              .getBytes(StandardCharsets.ISO_8859_1);
      byte[] last = request;
      InetSocketAddress to = new InetSocketAddress(server, 69);
      byte[] in = new byte[BLOCK + 4];
      int expected = 0;
      long bytes = 0;
      for (int silent = 0; silent < 10; ) {
        socket.send(new DatagramPacket(last, last.length, to));
        DatagramPacket packet = new DatagramPacket(in, in.length);
        try {
          socket.receive(packet);
        } catch (SocketTimeoutException e) {
          silent++;
          continue;
        }
        int code = in[1];
        int block = code == 6 ? 0 : (in[2] & 0xff) << 8 | in[3] & 0xff;
        if (code == 5) {
          throw new IOException("TFTP refused " + file);
        }
        to = (InetSocketAddress) packet.getSocketAddress();
        if (block != (expected & 0xffff)) {
          continue;
        }
        last = new byte[] {0, 4, (byte) (block >> 8), (byte) block};
        expected++;
        if (code == 3) {
          bytes += packet.getLength() - 4;
          if (packet.getLength() < in.length) {
            socket.send(new DatagramPacket(last, last.length, to));
            return bytes;
          }
        }
      }
      throw new IOException("TFTP did not answer");
    }
  }

  /** A text over HTTP. */
  String text(String url) throws IOException {
    StringBuilder text = new StringBuilder();
    http("GET", url, "", text);
    return text.toString();
  }

  /** Bytes of a body over HTTP, thrown away as they come. */
  long bytes(String url) throws IOException {
    return http("GET", url, "", new StringBuilder());
  }

  /** Posts a form. */
  void post(String url, String form) throws IOException {
    long unused = http("POST", url, form, new StringBuilder());
  }

  private long http(String method, String url, String form, StringBuilder text)
      throws IOException {
    URI uri = URI.create(url);
    try (SocketChannel channel = SocketChannel.open()) {
      channel.bind(new InetSocketAddress(own, 0));
      channel.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      String request =
          method + " " + uri.getRawPath() + query + " HTTP/1.1\r\nHost: " + uri.getHost()
              + "\r\nUser-Agent: iPXE/room\r\nConnection: close\r\nContent-Length: "
              + form.length() + "\r\n\r\n" + form;
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
      StringBuilder head = new StringBuilder();
      long body = 0;
      long length = -1;
      boolean inBody = false;
      buffer.clear();
      while ((!inBody || body < length) && channel.read(buffer) >= 0) {
        buffer.flip();
        while (!inBody && buffer.hasRemaining()) {
          head.append((char) buffer.get());
          inBody = head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n");
          if (inBody) {
            length = length(head.toString(), url);
          }
        }
        body += buffer.remaining();
        if (length < ROOM) {
          text.append(StandardCharsets.UTF_8.decode(buffer));
        }
        buffer.clear();
      }
      if (body != length) {
        throw new IOException(url + ": " + body + " of " + length + " bytes");
      }
      return body;
    }
  }

  private static long length(String head, String url) throws IOException {
    if (!head.startsWith("HTTP/1.1 200")) {
      throw new IOException(url + ": " + head.lines().findFirst().orElse(""));
    }
    return head.lines()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .filter(line -> line.startsWith("content-length:"))
        .map(line -> Long.parseLong(line.substring(15).strip()))
        .findFirst()
        .orElseThrow();
  }
}
