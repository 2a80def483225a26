package io.arranque.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.tftp.TftpPacket.ErrorPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The transfer against a script of what the client does; sections are those of the RFCs. */
class TransferTest extends TransferScript {
  @Test
  void rfc1350WithoutOptionsTheFirstBlockIsTheAnswer() {
    start(1000);
    assertThat(wire).containsExactly("data 1+1");
    ack(1);
    assertThat(wire).containsExactly("data 1+1", "data 2+1");
    ack(2);
    assertThat(transfer.ending()).contains(new Transfer.Ending(Outcome.COMPLETE, ""));
    assertThat(transfer.acknowledgedOctets()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "511,1", "512,2", "513,2", "1024,3"})
  void rfc1350TheLastBlockIsAlwaysShort(long size, long blocks) {
    start(size);
    assertThat(transfer.blocks()).isEqualTo(blocks);
  }

  @Test
  void rfc1350TheLastBlockIsRepeatedUntilItIsAcknowledged() {
    start(100);
    timeout();
    ack(1);
    assertThat(wire).containsExactly("data 1+1", "data 1+1");
    assertThat(transfer.ending()).get().returns(Outcome.COMPLETE, Transfer.Ending::outcome);
    assertThat(transfer.retransmissions()).isEqualTo(1);
  }

  @Test
  void rfc1123DuplicateAcknowledgementsDoNotDuplicateBlocks() {
    start(5000);
    ack(1);
    ack(1);
    ack(1);
    ack(2);
    ack(1);
    ack(2);
    assertThat(wire).containsExactly("data 1+1", "data 2+1", "data 3+1");
  }

  @Test
  void anAcknowledgementOfABlockNeverSentIsIgnored() {
    start(5000);
    ack(2);
    ack(9);
    ack(65535);
    assertThat(wire).containsExactly("data 1+1");
  }

  @Test
  void blockNumbersRollOverToZero() {
    start(100_000L * 8, "blksize", "8");
    ack(0);
    for (int block = 1; block <= 70_000; block++) {
      assertThat(wire.get(wire.size() - 1)).isEqualTo("data " + block + "+1");
      ack(block & 0xffff);
    }
    assertThat(transfer.acknowledgedBlock()).isEqualTo(70_000);
  }

  @Test
  void rfc7440AWindowMayLieAcrossTheRollover() {
    start(70_000L * 8, "blksize", "8", "windowsize", "64");
    ack(0);
    for (int block = 64; block < 65_536; block += 64) {
      ack(block & 0xffff);
    }
    ack(65_530);
    assertThat(lastSent()).isEqualTo("data 65531+64");
    ack(3);
    assertThat(lastSent()).isEqualTo("data 65540+64");
  }

  @Test
  void rfc2347OptionsAreAcknowledgedInTheClientsOrderAndUnknownOnesAreLeftOut() {
    start(74_213, "tsize", "0", "multicast", "", "BlkSize", "1432", "rollover", "1");
    assertThat(wire).containsExactly("options tsize=74213 BlkSize=1432");
    ack(0);
    assertThat(lastSent()).isEqualTo("data 1+1");
    assertThat(transfer.blocks()).isEqualTo(74_213 / 1432 + 1);
  }

  @Test
  void rfc2347OnlyAcknowledgementZeroAcceptsTheOptions() {
    start(5000, "blksize", "1024");
    ack(1);
    assertThat(wire).hasSize(1);
    ack(0);
    ack(0);
    assertThat(wire).containsExactly("options blksize=1024", "data 1+1");
  }

  @Test
  void rfc2347ARequestWithOnlyUnknownOptionsGetsTheFirstBlock() {
    start(5000, "utimeout", "5");
    assertThat(wire).containsExactly("data 1+1");
  }

  @ParameterizedTest
  @CsvSource({
    "blksize, 8, blksize=8",
    "blksize, 1468, blksize=1468",
    "blksize, 1469, blksize=1468",
    "blksize, 65464, blksize=1468",
    "blksize, 99999999999, blksize=1468",
    "windowsize, 1, windowsize=1",
    "windowsize, 65, windowsize=64",
    "windowsize, 65535, windowsize=64",
    "timeout, 1, timeout=1",
    "timeout, 255, timeout=255",
    "tsize, 0, tsize=9999",
    "tsize, nonsense, tsize=9999",
  })
  void valuesAreClampedNotRefused(String option, String value, String acknowledged) {
    start(9999, option, value);
    assertThat(wire).containsExactly("options " + acknowledged);
  }

  @ParameterizedTest
  @CsvSource({
    "blksize, 7",
    "blksize, -1",
    "blksize, x",
    "blksize, ''",
    "windowsize, 0",
    "timeout, 0",
    "timeout, 256",
    "timeout, 1.5"
  })
  void valuesThatMakeNoSenseAreAsIfNotSent(String option, String value) {
    start(9999, option, value);
    assertThat(wire).containsExactly("data 1+1");
  }

  @Test
  void anOptionSentTwiceCountsOnce() {
    start(9999, "blksize", "1024", "BLKSIZE", "512");
    assertThat(wire).containsExactly("options blksize=1024");
  }

  @Test
  void rfc7440AWindowFollowsEachAcknowledgement() {
    start(10 * 512, "windowsize", "4");
    ack(0);
    ack(4);
    ack(8);
    ack(11);
    assertThat(wire).containsExactly("options windowsize=4", "data 1+4", "data 5+4", "data 9+3");
    assertThat(transfer.ending()).isPresent();
  }

  @Test
  void rfc7440AfterALossTheWindowGoesOnBehindTheLastBlockReceived() {
    start(100 * 512, "windowsize", "8");
    ack(0);
    ack(3);
    assertThat(lastSent()).isEqualTo("data 4+8");
    assertThat(transfer.retransmissions()).isEqualTo(5);
  }

  @Test
  void rfc7440AnAcknowledgementThatWasOvertakenIsIgnored() {
    start(100 * 512, "windowsize", "8");
    ack(0);
    ack(8);
    ack(4);
    assertThat(lastSent()).isEqualTo("data 9+8");
  }

  @Test
  void rfc7440ARepeatedAcknowledgementTellsOfALostFirstBlockOncePerWindow() {
    start(100 * 512, "windowsize", "4");
    after(10).ack(0);
    after(10).ack(4);
    after(1).ack(4);
    assertThat(wire).as("too early: the network doubled it").hasSize(3);
    after(30).ack(4);
    assertThat(wire).hasSize(4).last().isEqualTo("data 5+4");
    after(30).ack(4);
    assertThat(wire).hasSize(4);
  }

  @Test
  void rfc7440ADoubledWindowDoesNotDoubleTheNextOne() {
    start(100 * 512, "windowsize", "4");
    after(10).ack(0);
    after(10).ack(4);
    after(10).ack(8);
    after(1).ack(8);
    after(10).ack(12);
    after(1).ack(12);
    assertThat(wire)
        .containsExactly("options windowsize=4", "data 1+4", "data 5+4", "data 9+4", "data 13+4");
  }

  @Test
  void rfc2349UefiAsksForTheSizeAndAborts() {
    start(173_792, "tsize", "0", "blksize", "1468", "windowsize", "4");
    assertThat(wire).containsExactly("options tsize=173792 blksize=1468 windowsize=4");
    transfer.onError(new ErrorPacket(8, "User aborted the transfer"));
    assertThat(wire).hasSize(1);
    assertThat(transfer.ending())
        .contains(
            new Transfer.Ending(Outcome.ABORTED_BY_CLIENT, "error 8: User aborted the transfer"));
  }

  @Test
  void nothingIsSentAfterTheEnd() {
    start(100);
    ack(1);
    ack(1);
    take(transfer.onTimeout(now));
    assertThat(wire).hasSize(1);
    assertThat(transfer.ending()).get().returns(Outcome.COMPLETE, Transfer.Ending::outcome);
  }
}
