package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Mac;
import io.arranque.cli.lab.PcFirmware;
import io.arranque.cli.lab.PcSpec;
import io.arranque.cli.lab.VirtualRoom;
import io.arranque.diagnosis.Symptom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A room with dnsmasq as the other DHCP server, and then without it: what the page says of clients
 * that go on asking. They are busybox's udhcpc, which say that they are PXE firmware: a real PC
 * takes half a minute for each of these questions.
 */
class OtherServersIT {
  private static final Mac PC = mac(1);
  private static final Mac ARM = mac(2);
  private static final Mac STRANGE = mac(3);

  @Test
  void the_other_server_is_named_and_a_segment_without_addresses_as_well() throws IOException {
    try (VirtualRoom room = Rooms.open()) {
      String segment = "dhcp/sala5.yaml";
      room.editSite(segment, "mode: server", "mode: server\nauthoritative: true");
      Path folder = Files.createDirectories(room.folder().resolve("campus"));
      Process campus =
          room.startServer(
              "campus", CampusServer.ADDRESS + "/24", CampusServer.DNSMASQ.command(folder));
      room.appliance().start();
      try (ToldDiagnoses told = ToldDiagnoses.of(room, 3)) {
        ask(room, 1, 0);
        ask(room, 2, 6);
        ask(room, 3, 99);

        assertTold(told, PC, Symptom.OTHER_SERVER_FIRST, CampusServer.ADDRESS + " (");
        room.editSite(segment, "authoritative: true", "authoritative: false");
        assertTold(told, PC, Symptom.HELD_BACK, CampusServer.ADDRESS + " (");
        campus.destroy();
        room.editSite(segment, "mode: server", "mode: proxy");
        assertTold(told, PC, Symptom.NO_CAMPUS_ADDRESS, "no other server gave it an address");
        room.editSite(segment, "mode: proxy", "mode: server");
        room.editSite(segment, "authoritative: false", "authoritative: true");
        assertTold(told, ARM, Symptom.LOADER_MISSING, "tftp/");
        assertTold(told, STRANGE, Symptom.ARCHITECTURE_UNKNOWN, "architecture 99");
        room.editSite(segment, "192.168.33.10-192.168.33.250", "192.168.33.240-192.168.33.240");
        ask(room, 4, 0);
        ask(room, 5, 0);
        try (ToldDiagnoses late = ToldDiagnoses.of(room, 5)) {
          // There is one address for five: at most one of these two has it.
          Duration each = Duration.ofMinutes(2);
          assertThat(
                  late.await(mac(5), Symptom.POOL_EMPTY, each)
                      .or(() -> late.await(mac(4), Symptom.POOL_EMPTY, each)))
              .isPresent();
        }
      }
    }
  }

  private static Mac mac(int number) {
    return PcSpec.blank(number, PcFirmware.BIOS).mac();
  }

  /** A client that never gives up, on a socket of its own. */
  private static void ask(VirtualRoom room, int number, int architecture) {
    Mac mac = mac(number);
    room.appliance().client().define(mac, "client-" + number, "lab-pc", Map.of());
    String script =
        """
        ip link add c%1$d type veth peer name s%1$d
        ip link set c%1$d address %2$s up
        ip link set s%1$d master br0 up
        while :; do
          busybox udhcpc -i c%1$d -f -n -q -t 3 -T 2 -A 1 -s /bin/true \\
            -V PXEClient:Arch:%3$05d:UNDI:002001 -x 0x5d:%4$04x
          sleep 1
        done
        """
            .formatted(number, mac, architecture, architecture);
    room.startInRoom("client-" + number, List.of("sh", "-c", script));
  }

  private static void assertTold(ToldDiagnoses told, Mac mac, Symptom symptom, String words) {
    Optional<String> sentence = told.await(mac, symptom, Rooms.LIMIT);
    assertThat(sentence).as("%s; told of it: %s", symptom, told.of(mac)).isPresent();
    assertThat(sentence.orElseThrow()).contains(words);
  }
}
