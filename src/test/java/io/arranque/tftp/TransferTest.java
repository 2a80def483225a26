package io.arranque.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.tftp.TftpPacket.ReadRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The transfer against a script of what the client does; sections are those of the RFCs. */
class TransferTest {
  private static final TransferLimits LIMITS = new TransferLimits(1468, 64);

  private static final long MILLI = 1_000_000;

  // Nanoseconds may be negative and say nothing of the time of day.
  private long now = -5_000 * MILLI;
  private final List<String> wire = new ArrayList<>();
  private Transfer transfer =
      new Transfer(new ReadRequest("none", "octet", List.of()), 0, LIMITS, now);

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
  void atATimeoutTheWholeWindowIsSentAgain() {
    start(100 * 512, "windowsize", "4");
    ack(0);
    ack(4);
    timeout();
    assertThat(lastSent()).isEqualTo("data 5+4");
    assertThat(transfer.retransmissions()).isEqualTo(4);
  }

  @Test
  void aClientThatNeverAnswersGetsThreePacketsInSevenSeconds() {
    long before = now;
    start(100_000, "blksize", "1468", "windowsize", "64", "timeout", "255");
    while (transfer.ending().isEmpty()) {
      timeout();
    }
    assertThat(wire).hasSize(3).allMatch(sent -> sent.startsWith("options"));
    assertThat(now - before).isEqualTo(7_000 * MILLI);
    assertThat(transfer.ending())
        .contains(new Transfer.Ending(Outcome.TIMED_OUT, "the client never answered"));
  }

  @Test
  void withoutOptionsAClientThatNeverAnswersGetsTheFirstBlockOnly() {
    start(100_000);
    while (transfer.ending().isEmpty()) {
      timeout();
    }
    assertThat(wire).containsExactly("data 1+1", "data 1+1", "data 1+1");
  }

  @Test
  void aClientThatFallsSilentIsGivenUpAfterTwentySeconds() {
    start(100_000);
    after(2).ack(1);
    List<Long> waits = new ArrayList<>();
    while (transfer.ending().isEmpty()) {
      waits.add(untilDue());
      timeout();
    }
    assertThat(waits)
        .containsExactly(
            10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 2560L, 4000L, 4000L, 4000L, 4000L);
    assertThat(transfer.ending().get().detail()).isEqualTo("silent after block 1 of 196");
  }

  @Test
  void aLostLastAcknowledgementIsToldApartFromALostClient() {
    start(100, "tsize", "0");
    ack(0);
    while (transfer.ending().isEmpty()) {
      timeout();
    }
    assertThat(transfer.ending().get().detail()).startsWith("all was sent");
  }

  @Test
  void rfc6298TheWaitFollowsSlowRoundTrips() {
    start(100_000);
    after(700).ack(1);
    assertThat(untilDue()).isEqualTo(2100);
    after(700).ack(2);
    assertThat(untilDue()).isEqualTo(1750);
  }

  @Test
  void rfc6298AnAnswerToARepeatedBlockMeasuresNothing() {
    start(100_000);
    timeout();
    after(5).ack(1);
    assertThat(transfer.patience().isMeasured()).isFalse();
  }

  @Test
  void rfc6298TheDoubledWaitIsKeptUntilABlockIsAnsweredTheFirstTime() {
    start(100_000);
    after(2).ack(1);
    assertThat(untilDue()).isEqualTo(10);
    timeout();
    after(5).ack(2);
    assertThat(untilDue()).as("not yet measured anew").isEqualTo(20);
    after(2).ack(3);
    assertThat(untilDue()).isEqualTo(10);
  }

  @Test
  void aWireThatBecomesSlowIsMeasuredAgain() {
    start(1_000_000);
    for (int block = 1; block <= 20; block++) {
      after(1).ack(block);
    }
    long before = transfer.retransmissions();
    // From now on each answer takes 300 ms: what the wait was is far too short.
    for (int block = 21; block <= 40; block++) {
      long due = now + 300 * MILLI;
      while (transfer.deadline() < due) {
        timeout();
      }
      now = due;
      ack(block);
      if (transfer.acknowledgedBlock() < block) {
        ack(block);
      }
    }
    assertThat(transfer.retransmissions() - before).isLessThan(20);
    assertThat(transfer.acknowledgedBlock()).isEqualTo(40);
  }

  @Test
  void rfc2349AnAgreedTimeoutIsKeptToTheSecond() {
    start(100_000, "timeout", "3");
    after(5).ack(0);
    assertThat(untilDue()).isEqualTo(3000);
    timeout();
    assertThat(untilDue()).isEqualTo(3000);
  }

  @Test
  void rfc2349AVeryLongTimeoutDoesNotHoldATransferForEver() {
    start(100_000, "timeout", "255");
    ack(0);
    timeout();
    timeout();
    assertThat(transfer.ending()).get().returns(Outcome.TIMED_OUT, Transfer.Ending::outcome);
  }

  @Test
  void afterTwoResendsInVainTheNextBlockComesAlong() {
    start(100_000);
    after(2).ack(1);
    timeout();
    timeout();
    assertThat(wire).containsExactly("data 1+1", "data 2+1", "data 2+1", "data 2+2");
  }

  @Test
  void aClientWhoseAcknowledgementWasLostGoesOnWithThePushedBlock() {
    start(100_000);
    after(2).ack(1);
    timeout();
    timeout();
    // It had block 2 and is silent about it; block 3 is new to it.
    after(1).ack(3);
    assertThat(lastSent()).isEqualTo("data 4+1");
    after(1).ack(4);
    assertThat(lastSent()).isEqualTo("data 5+1");
  }

  @Test
  void rfc1123ThePushedBlockIsNotSentOnceMoreWhenTheFirstIsAcknowledged() {
    start(100_000);
    after(2).ack(1);
    timeout();
    timeout();
    after(1).ack(2);
    after(1).ack(2);
    assertThat(lastSent()).isEqualTo("data 2+2");
    after(1).ack(3);
    assertThat(lastSent()).isEqualTo("data 4+1");
    assertThat(wire).hasSize(5);
  }

  @Test
  void aPushedBlockThatWasLostIsRepeated() {
    start(100_000);
    after(2).ack(1);
    timeout();
    timeout();
    after(1).ack(2);
    timeout();
    assertThat(lastSent()).isEqualTo("data 3+1");
  }

  @Test
  void aPushedWindowIsTheFollowingOne() {
    start(100 * 512, "windowsize", "4");
    after(2).ack(0);
    timeout();
    timeout();
    assertThat(lastSent()).isEqualTo("data 1+8");
    after(1).ack(4);
    assertThat(wire).as("5 to 8 are on their way").hasSize(4);
    after(1).ack(8);
    assertThat(lastSent()).isEqualTo("data 9+4");
  }

  @Test
  void nothingIsPushedBeyondTheEnd() {
    start(600);
    after(2).ack(1);
    timeout();
    timeout();
    assertThat(lastSent()).isEqualTo("data 2+1");
  }

  @Test
  void aClosedPortEndsTheTransfer() {
    start(100_000);
    after(2).ack(1);
    transfer.onClosedPort();
    assertThat(transfer.ending()).get().returns(Outcome.ABORTED_BY_CLIENT, Transfer.Ending::outcome);
  }

  @Test
  void aClosedPortAfterTheLastBlockMeansThatItArrived() {
    start(600);
    after(2).ack(1);
    transfer.onClosedPort();
    assertThat(transfer.ending()).get().returns(Outcome.COMPLETE, Transfer.Ending::outcome);
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

  private void start(long size, String... options) {
    List<TftpOption> list = new ArrayList<>();
    for (int i = 0; i < options.length; i += 2) {
      list.add(new TftpOption(options[i], options[i + 1]));
    }
    transfer = new Transfer(new ReadRequest("snponly.efi", "octet", list), size, LIMITS, now);
    take(transfer.start(now));
  }

  private TransferTest after(long millis) {
    now += millis * MILLI;
    return this;
  }

  private void ack(int block) {
    take(transfer.onAck(block, now));
  }

  private void timeout() {
    now = transfer.deadline();
    take(transfer.onTimeout(now));
  }

  /** Milliseconds until the transfer wants to be called back. */
  private long untilDue() {
    return (transfer.deadline() - now) / MILLI;
  }

  private String lastSent() {
    return wire.get(wire.size() - 1);
  }

  private void take(Transfer.Send send) {
    switch (send) {
      case NOTHING -> {}
      case OPTIONS -> {
        StringBuilder text = new StringBuilder("options");
        transfer.options().options().forEach(o -> text.append(" " + o.name() + "=" + o.value()));
        wire.add(text.toString());
      }
      case BLOCKS -> wire.add("data " + transfer.first() + "+" + transfer.count());
    }
  }
}
