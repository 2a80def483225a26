package io.arranque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningSocketsTest {
  private static final Ipv4 LOOPBACK = Ipv4.of("127.0.0.1");
  private static final String HEADING =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";

  @TempDir Path folder;
  private Path token;
  private int owner;

  @BeforeEach
  void writeToken() throws IOException {
    token = Files.writeString(folder.resolve("admin-token"), "x");
    owner = (Integer) Files.getAttribute(token, "unix:uid");
  }

  @Test
  void our_own_socket_is_recognised_in_the_kernels_table() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ListeningSockets sockets = ListeningSockets.ofThisBox();
      assertThat(sockets.areAll(LOOPBACK, socket.getLocalPort(), token)).isTrue();
    }
  }

  @Test
  void who_is_another_user_is_not_told_the_token() throws IOException {
    assertThat(table(line("00000000:1F90", owner)).areAll(LOOPBACK, 8080, token)).isTrue();
    assertThat(table(line("00000000:1F90", owner + 1)).areAll(LOOPBACK, 8080, token)).isFalse();
    assertThat(table(line("0100007F:1F90", owner + 1)).areAll(LOOPBACK, 8080, token)).isFalse();
  }

  @Test
  void a_stranger_at_a_nearer_address_of_the_same_port_counts() throws IOException {
    String both = line("00000000:1F90", owner) + line("0100007F:1F90", owner + 1);
    assertThat(table(both).areAll(LOOPBACK, 8080, token)).isFalse();
    assertThat(table(both).areAll(Ipv4.of("192.168.33.1"), 8080, token)).isTrue();
  }

  @Test
  void ipv6_sockets_hear_ipv4_too() throws IOException {
    String mapped = "0000000000000000FFFF00000100007F:1F90";
    assertThat(table(line(mapped, owner)).areAll(LOOPBACK, 8080, token)).isTrue();
    assertThat(table(line("0".repeat(32) + ":1F90", owner + 1)).areAll(LOOPBACK, 8080, token))
        .isFalse();
  }

  @Test
  void without_a_listener_or_a_token_nobody_is_told_anything() throws IOException {
    assertThat(table("").areAll(LOOPBACK, 8080, token)).isFalse();
    ListeningSockets ours = table(line("00000000:1F90", owner));
    assertThat(ours.areAll(LOOPBACK, 8080, folder.resolve("nothing"))).isFalse();
  }

  private ListeningSockets table(String lines) throws IOException {
    Path table = Files.writeString(folder.resolve("tcp"), HEADING + lines);
    return ListeningSockets.of(List.of(table, folder.resolve("no-ipv6")));
  }

  private static String line(String local, int user) {
    return "   0: "
        + local
        + " 00000000:0000 0A 00000000:00000000 00:00000000 00000000  "
        + user
        + "        0 1 1 0000000000000000 100 0 0 10 0\n";
  }
}
