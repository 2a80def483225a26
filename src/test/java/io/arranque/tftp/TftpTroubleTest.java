package io.arranque.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.tftp.TftpPacket.ErrorPacket;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.file.Files;
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
    file("loader", 100_000);
    try (DatagramSocket socket = socket()) {
      request(socket, "loader");
      int transfer = receive(socket).getPort();
      Files.write(folder.resolve("loader"), new byte[10]);
      send(socket, new TftpPacket.Ack(1), transfer);
      assertThat(decoded(receive(socket)))
          .isEqualTo(new ErrorPacket(0, "the file could not be read"));
    }
    assertThat(report().outcome()).isEqualTo(Outcome.FAILED);
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
    assertThat(ignored.poll(10, TimeUnit.SECONDS)).startsWith("malformed");
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
