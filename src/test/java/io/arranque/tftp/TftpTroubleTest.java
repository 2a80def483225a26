package io.arranque.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.timeline.Reason;
import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.net.tftp.TFTP;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Aborts, repetitions, strangers, noise, files that shrink, an end in the middle. */
@Timeout(120)
class TftpTroubleTest extends RunningTftpServer {
  @Test
  void theAbortOfUefiAfterTheSizeIsNoFault() throws Exception {
    file("snponly.efi", 173_792);
    try (DatagramSocket socket = socket()) {
      request(socket, "snponly.efi", option("tsize", "0"), option("windowsize", "4"));
      DatagramPacket answer = receive(socket);
      assertThat(decoded(answer))
          .isEqualTo(
              new TftpPacket.OptionAck(
                  List.of(option("tsize", "173792"), option("windowsize", "4"))));
      send(socket, new ErrorPacket(8, "User aborted the transfer"), answer.getPort());
    }
    assertThat(report())
        .returns(Outcome.ABORTED_BY_CLIENT, TransferReport::outcome)
        .returns(0L, TransferReport::bytesSent);
  }

  @Test
  void aRepeatedRequestStartsNoSecondTransfer() throws Exception {
    file("loader", 100);
    try (DatagramSocket socket = socket()) {
      request(socket, "loader");
      request(socket, "loader");
      int transfer = receive(socket).getPort();
      DatagramPacket again = receive(socket);
      assertThat(again.getPort()).as("only our own repetition").isEqualTo(transfer);
      send(socket, new TftpPacket.Ack(1), transfer);
    }
    assertThat(report().outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(reports).isEmpty();
  }

  @Test
  void aStrangerIsToldThatTheTransferIsNotHis() throws Exception {
    file("loader", 100);
    try (DatagramSocket owner = socket();
        DatagramSocket stranger = socket()) {
      request(owner, "loader");
      int transfer = receive(owner).getPort();
      send(stranger, new TftpPacket.Ack(1), transfer);
      assertThat(decoded(receive(stranger)))
          .isEqualTo(new ErrorPacket(ErrorPacket.UNKNOWN_TRANSFER, "not your transfer"));
      send(owner, new TftpPacket.Ack(1), transfer);
    }
    assertThat(report().outcome()).isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void aFileThatShrinksEndsInAnErrorNotInSilence() throws Exception {
    file("loader", 3 * FilePagesServer.PAGE);
    try (DatagramSocket socket = socket()) {
      request(socket, "loader", option("blksize", "1024"));
      int transfer = receive(socket).getPort();
      send(socket, new TftpPacket.Ack(0), transfer);
      receive(socket);
      Files.write(folder.resolve("loader"), new byte[10]);
      TftpPacket last = null;
      for (int block = 1; block < 400 && !(last instanceof ErrorPacket); block++) {
        send(socket, new TftpPacket.Ack(block), transfer);
        last = decoded(receive(socket));
      }
      assertThat(last)
          .isInstanceOfSatisfying(
              ErrorPacket.class, error -> assertThat(error.message()).startsWith("loader: it "));
    }
    assertThat(report())
        .returns(Outcome.FAILED, TransferReport::outcome)
        .returns(Reason.FILE_CHANGED, TransferReport::reason);
  }

  @Test
  void aFileReplacedDuringATransferArrivesAsItWas() throws Exception {
    byte[] old = file("loader", 3 * FilePagesServer.PAGE);
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try (DatagramSocket socket = socket()) {
      request(socket, "loader", option("blksize", "1024"));
      int transfer = receive(socket).getPort();
      for (int block = 0; block < 385; block++) {
        send(socket, new TftpPacket.Ack(block), transfer);
        TftpPacket.Data data = (TftpPacket.Data) decoded(receive(socket));
        byte[] octets = new byte[data.payload().remaining()];
        data.payload().get(octets);
        received.writeBytes(octets);
        if (block == 10) {
          file("new", 5000);
          Files.move(
              folder.resolve("new"), folder.resolve("loader"), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      send(socket, new TftpPacket.Ack(385), transfer);
    }
    assertThat(received.toByteArray()).isEqualTo(old);
    assertThat(commonsNet("loader", TFTP.BINARY_MODE)).hasSize(5000);
  }

  @Test
  void aTransferEndsWhenItsClientClosesThePort() throws Exception {
    file("loader", 100_000);
    int transfer;
    try (DatagramSocket socket = socket()) {
      request(socket, "loader");
      transfer = receive(socket).getPort();
      send(socket, new TftpPacket.Ack(1), transfer);
      receive(socket);
    }
    assertThat(report())
        .returns(Outcome.ABORTED_BY_CLIENT, TransferReport::outcome)
        .returns("the client's port is closed", TransferReport::detail);
  }

  @Test
  void anotherRequestFromTheSamePortTakesThePlaceOfTheFirst() throws Exception {
    file("loader", 100_000);
    byte[] other = file("other", 300);
    try (DatagramSocket socket = socket()) {
      request(socket, "loader");
      int first = receive(socket).getPort();
      send(socket, new TftpPacket.Ack(1), first);
      receive(socket);
      request(socket, "other");
      DatagramPacket answer = receive(socket);
      assertThat(answer.getPort()).isNotEqualTo(first);
      assertThat(decoded(answer)).isEqualTo(new TftpPacket.Data(1, ByteBuffer.wrap(other)));
      send(socket, new TftpPacket.Ack(1), answer.getPort());
    }
    assertThat(report().outcome()).isEqualTo(Outcome.REPLACED);
    assertThat(report().outcome()).isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void aRequestThatTheNetworkDelayedDoesNotDisturbItsTransfer() throws Exception {
    file("loader", 100_000);
    try (DatagramSocket socket = socket()) {
      request(socket, "loader");
      int transfer = receive(socket).getPort();
      send(socket, new TftpPacket.Ack(1), transfer);
      receive(socket);
      request(socket, "loader");
      assertThat(ignored.poll(10, TimeUnit.SECONDS)).isEqualTo("REQUEST_REPEATED loader");
      send(socket, new TftpPacket.Ack(2), transfer);
      DatagramPacket third = receive(socket);
      while (((TftpPacket.Data) decoded(third)).block() < 3) {
        // What our own impatience repeated meanwhile.
        third = receive(socket);
      }
      assertThat(third.getPort()).isEqualTo(transfer);
    }
  }

  @Test
  void whenTheServerIsFullWhoNeverAnsweredGivesWay() throws Exception {
    byte[] content = file("loader", 300);
    int small = start(List.of(LOOPBACK), 3, 3);
    List<DatagramSocket> dead = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        DatagramSocket socket = socket();
        dead.add(socket);
        send(socket, new TftpPacket.ReadRequest("loader", "octet", List.of()), small);
        receive(socket);
      }
      try (LossyClient client = new LossyClient(LOOPBACK.toInetAddress(), small, 0, 1)) {
        assertThat(client.read("loader")).isEqualTo(content);
      }
    } finally {
      dead.forEach(DatagramSocket::close);
    }
    assertThat(report())
        .returns(Outcome.REPLACED, TransferReport::outcome)
        .returns(Reason.TOO_MANY_TRANSFERS, TransferReport::reason);
  }

  @Test
  void rfc1123ARequestByBroadcastIsNotAnswered() throws Exception {
    file("loader", 300);
    int everywhere = start(List.of(Ipv4.ANY), 512, 8);
    try (DatagramSocket socket = socket()) {
      byte[] request = TftpCodec.encode(new TftpPacket.ReadRequest("loader", "octet", List.of()));
      byte[] missing = TftpCodec.encode(new TftpPacket.ReadRequest("missing", "octet", List.of()));
      InetAddress all = InetAddress.getByName("127.255.255.255");
      socket.send(new DatagramPacket(request, request.length, all, everywhere));
      assertThat(ignored.poll(10, TimeUnit.SECONDS)).startsWith("ASKED_BY_BROADCAST");
      socket.send(new DatagramPacket(missing, missing.length, all, everywhere));
      assertThat(ignored.poll(10, TimeUnit.SECONDS)).startsWith("ASKED_BY_BROADCAST");
      // What comes first is the answer to what is asked properly.
      send(socket, new TftpPacket.ReadRequest("loader", "octet", List.of()), everywhere);
      assertThat(receive(socket).getAddress()).isEqualTo(LOOPBACK.toInetAddress());
    }
    assertThat(reports).isEmpty();
  }

  @Test
  void anAddressThatAnswersNothingGetsAFewPacketsHoweverManyRequestsComeInItsName()
      throws Exception {
    file("loader", 100_000);
    int wide = start(List.of(LOOPBACK), 512, 128);
    List<DatagramSocket> victims = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        DatagramSocket socket = socket();
        victims.add(socket);
        send(socket, new TftpPacket.ReadRequest("loader", "octet", List.of()), wide);
      }
      for (int i = 0; i < 200 - Admission.UNCONFIRMED_PER_CLIENT; i++) {
        assertThat(ignored.poll(10, TimeUnit.SECONDS)).startsWith("TOO_MANY_REQUESTS");
      }
    } finally {
      victims.forEach(DatagramSocket::close);
    }
  }

  @Test
  void noiseIsIgnoredAndServingGoesOn() throws Exception {
    byte[] content = file("loader", 1000);
    Random random = new Random(7);
    try (DatagramSocket socket = socket()) {
      for (int i = 0; i < 60; i++) {
        byte[] noise = new byte[random.nextInt(700)];
        random.nextBytes(noise);
        if (noise.length > 1) {
          // Never a request: those are answered.
          noise[0] = 9;
        }
        socket.send(new DatagramPacket(noise, noise.length, LOOPBACK.toInetAddress(), port));
      }
    }
    assertThat(ignored.poll(10, TimeUnit.SECONDS)).startsWith("BAD_REQUEST malformed");
    try (LossyClient client = lossy(0, 1)) {
      assertThat(client.read("loader")).isEqualTo(content);
    }
  }

  @Test
  void emptyDatagramsDoNotStopTheHearing() throws Exception {
    byte[] content = file("loader", 1000);
    try (DatagramSocket socket = socket()) {
      for (int i = 0; i < 50; i++) {
        socket.send(new DatagramPacket(new byte[0], 0, LOOPBACK.toInetAddress(), port));
      }
    }
    assertThat(commonsNet("loader", TFTP.BINARY_MODE)).isEqualTo(content);
  }

  @Test
  void closingEndsTransfersAndSaysSo() throws Exception {
    file("loader", 100_000);
    try (DatagramSocket socket = socket()) {
      request(socket, "loader");
      receive(socket);
      servers.get(0).close();
    }
    assertThat(report().outcome()).isEqualTo(Outcome.STOPPED);
  }
}
