package io.arranque.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a transfer waits, what it sends then, and when it gives the client up. */
class TransferTimeoutTest extends TransferScript {
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
        .startsWith(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1000L, 1000L)
        .hasSize(7 + 19);
    assertThat(wire.subList(2, 12))
        .as("the windows that follow come along for a while")
        .containsExactly(
            "data 2+1",
            "data 2+2",
            "data 2+3",
            "data 2+4",
            "data 2+4",
            "data 2+4",
            "data 2+1",
            "data 2+1",
            "data 2+1",
            "data 2+1");
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
  void rfc6298AnAnswerToARepeatedFirstBlockMeasuresNothing() {
    start(100_000);
    timeout();
    after(5).ack(1);
    assertThat(transfer.patience().isMeasured()).isFalse();
  }

  @Test
  void progressEndsTheDoublingOfTheWait() {
    start(100_000);
    after(1).ack(1);
    timeout();
    timeout();
    timeout();
    after(1).ack(2);
    assertThat(untilDue()).isEqualTo(10);
    for (int block = 3; block < 30; block++) {
      after(1).ack(block);
    }
    assertThat(untilDue()).isEqualTo(10);
  }

  @Test
  void anAcknowledgementThatTheClientRepeatedAfterSecondsIsNoRoundTrip() {
    start(100_000, "timeout", "5");
    for (int block = 0; block < 10; block++) {
      after(1).ack(block);
    }
    after(1000).ack(10);
    assertThat(transfer.patience().roundTrip() / MILLI).isLessThan(10);
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
    assertThat(transfer.retransmissions() - before).isLessThan(50);
    assertThat(untilDue()).as("it waits long enough now").isGreaterThan(300);
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
  void whenThePushedBlockIsNotAnsweredEitherTheNextComesAlong() {
    start(100_000);
    after(2).ack(1);
    timeout();
    timeout();
    timeout();
    assertThat(lastSent()).isEqualTo("data 2+3");
    after(1).ack(2);
    after(1).ack(3);
    assertThat(lastSent()).as("all of it is on its way").isEqualTo("data 2+3");
    after(1).ack(4);
    assertThat(lastSent()).isEqualTo("data 5+1");
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
    assertThat(transfer.ending())
        .get()
        .returns(Outcome.ABORTED_BY_CLIENT, Transfer.Ending::outcome);
  }

  @Test
  void aClosedPortAfterTheLastBlockMeansThatItArrived() {
    start(600);
    after(2).ack(1);
    transfer.onClosedPort();
    assertThat(transfer.ending()).get().returns(Outcome.COMPLETE, Transfer.Ending::outcome);
  }
}
