package io.arranque.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.tftp.TftpPacket.ErrorPacket;
import io.arranque.tftp.TftpPacket.ReadRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The transfer against a script of what the client does; sections are those of the RFCs. */
class TransferTest {
  private static final TransferLimits LIMITS = new TransferLimits(1468, 64);

  private Instant now = Instant.parse("2026-01-01T08:00:00Z");
  private final List<String> wire = new ArrayList<>();
  private Transfer transfer =
      Transfer.start(new ReadRequest("none", "octet", List.of()), 0, LIMITS, now).next();

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
    assertThat(transfer.window().acknowledged()).isEqualTo(70_000);
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
  void aClientThatNeverAnswersGetsFourPacketsInFifteenSeconds() {
    Instant before = now;
    start(100_000, "blksize", "1468", "windowsize", "64", "timeout", "255");
    while (transfer.ending().isEmpty()) {
      timeout();
    }
    assertThat(wire).hasSize(4).allMatch(sent -> sent.startsWith("options"));
    assertThat(Duration.between(before, now)).isEqualTo(Duration.ofSeconds(15));
    assertThat(transfer.ending())
        .contains(new Transfer.Ending(Outcome.TIMED_OUT, "the client never answered"));
  }

  @Test
  void aClientThatFallsSilentIsGivenUpAfterFiveResends() {
    start(100_000);
    after(20).ack(1);
    List<Long> waits = new ArrayList<>();
    while (transfer.ending().isEmpty()) {
      waits.add(Duration.between(now, transfer.deadline()).toMillis());
      timeout();
    }
    assertThat(waits).containsExactly(200L, 400L, 800L, 1600L, 3200L, 6400L);
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
  void progressStartsThePatienceAnew() {
    start(100_000);
    after(20).ack(1);
    timeout();
    timeout();
    after(5).ack(2);
    assertThat(Duration.between(now, transfer.deadline())).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void theWaitFollowsSlowRoundTrips() {
    start(100_000);
    after(700).ack(1);
    assertThat(Duration.between(now, transfer.deadline())).isEqualTo(Duration.ofMillis(2100));
  }

  @Test
  void anAnswerToARepeatedBlockMeasuresNothing() {
    start(100_000);
    timeout();
    after(5).ack(1);
    assertThat(transfer.patience().isMeasured()).isFalse();
  }

  @Test
  void rfc2349AnAgreedTimeoutIsKeptToTheSecond() {
    start(100_000, "timeout", "3");
    after(5).ack(0);
    assertThat(Duration.between(now, transfer.deadline())).isEqualTo(Duration.ofSeconds(3));
    timeout();
    assertThat(Duration.between(now, transfer.deadline())).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void rfc2349UefiAsksForTheSizeAndAborts() {
    start(173_792, "tsize", "0", "blksize", "1468", "windowsize", "4");
    assertThat(wire).containsExactly("options tsize=173792 blksize=1468 windowsize=4");
    take(transfer.onError(new ErrorPacket(8, "User aborted the transfer")));
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
    take(Transfer.start(new ReadRequest("snponly.efi", "octet", list), size, LIMITS, now));
  }

  private TransferTest after(long millis) {
    now = now.plusMillis(millis);
    return this;
  }

  private void ack(int block) {
    take(transfer.onAck(block, now));
  }

  private void timeout() {
    now = transfer.deadline();
    take(transfer.onTimeout(now));
  }

  private String lastSent() {
    return wire.get(wire.size() - 1);
  }

  private void take(Transfer.Step step) {
    transfer = step.next();
    describe(step.send()).ifPresent(wire::add);
  }

  private static Optional<String> describe(Transfer.Send send) {
    if (send instanceof Transfer.Send.Blocks blocks) {
      return Optional.of("data " + blocks.first() + "+" + blocks.count());
    }
    if (send instanceof Transfer.Send.Options options) {
      StringBuilder text = new StringBuilder("options");
      options.packet().options().forEach(o -> text.append(" " + o.name() + "=" + o.value()));
      return Optional.of(text.toString());
    }
    return Optional.empty();
  }
}
