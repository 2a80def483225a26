package io.arranque.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.address.Ipv4;
import io.arranque.tftp.TftpPacket.ReadRequest;
import io.arranque.timeline.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may transfer, and who gives way. */
class AdmissionTest {
  private static final long SECOND = 1_000_000_000L;

  private final Admission admission = new Admission(4, 2);
  private final List<String> gaveWay = new ArrayList<>();

  @Test
  void theSameRequestIsTakenOnce() {
    Seat first = seat(1, 1000, "a");
    assertThat(enter(first, 0)).isEqualTo(Reason.OK);
    assertThat(enter(seat(1, 1000, "a"), 0)).isEqualTo(Reason.REQUEST_REPEATED);
    first.confirmed = true;
    assertThat(enter(seat(1, 1000, "a"), SECOND / 2)).isEqualTo(Reason.REQUEST_REPEATED);
    assertThat(admission.transfers()).isEqualTo(1);
  }

  @Test
  void theSameRequestAfterASilenceIsANewAttempt() {
    Seat first = seat(1, 1000, "a");
    first.confirmed = true;
    enter(first, 0);
    assertThat(enter(seat(1, 1000, "a"), 2 * SECOND)).isEqualTo(Reason.OK);
    assertThat(gaveWay).containsExactly("a: the client asked anew from the same port");
    admission.leave(first);
    assertThat(admission.transfers()).as("the second stays").isEqualTo(1);
  }

  @Test
  void anotherRequestFromTheSamePortReplacesTheFirst() {
    enter(seat(1, 1000, "a"), 0);
    assertThat(enter(seat(1, 1000, "b"), 0)).isEqualTo(Reason.OK);
    assertThat(gaveWay).hasSize(1);
    assertThat(admission.transfers()).isEqualTo(1);
  }

  @Test
  void aClientThatAsksAgainFromOtherPortsDoesNotLockItselfOut() {
    enter(seat(1, 1000, "a"), 0);
    enter(seat(1, 1001, "b").heard(1), 1);
    assertThat(enter(seat(1, 1002, "c").heard(2), 2)).isEqualTo(Reason.OK);
    assertThat(gaveWay).containsExactly("a: the client has too many transfers");
  }

  @Test
  void aClientWithAllItsTransfersUnderWayIsRefused() {
    enter(seat(1, 1000, "a").confirmed(), 0);
    enter(seat(1, 1001, "b").confirmed(), 0);
    assertThat(enter(seat(1, 1002, "c"), 0)).isEqualTo(Reason.TOO_MANY_TRANSFERS);
    assertThat(enter(seat(2, 1000, "c"), 0)).isEqualTo(Reason.OK);
  }

  @Test
  void whenFullTheOldestThatNeverAnsweredGivesWay() {
    enter(seat(1, 1000, "a").confirmed(), 0);
    enter(seat(2, 1000, "b").heard(1), 1);
    enter(seat(3, 1000, "c").heard(2), 2);
    enter(seat(4, 1000, "d").heard(3), 3);
    assertThat(enter(seat(5, 1000, "e").heard(4), 4)).isEqualTo(Reason.OK);
    assertThat(gaveWay).containsExactly("b: the server is full, and the client was silent");
    assertThat(admission.transfers()).isEqualTo(4);
  }

  @Test
  void whenFullOfConfirmedOnesOnlyASilentOneGivesWay() {
    for (int i = 1; i <= 4; i++) {
      enter(seat(i, 1000, "n" + i).heard(i == 3 ? 0 : 9 * SECOND).confirmed(), 0);
    }
    assertThat(enter(seat(5, 1000, "e"), 4 * SECOND)).isEqualTo(Reason.TOO_MANY_TRANSFERS);
    assertThat(enter(seat(5, 1000, "e"), 10 * SECOND)).isEqualTo(Reason.OK);
    assertThat(gaveWay).hasSize(1).first().asString().startsWith("n3");
  }

  @Test
  void anAddressThatAnswersNothingIsNotSentMoreAndMore() {
    Admission wide = new Admission(512, 128);
    int admitted = 0;
    for (int port = 1; port <= 500; port++) {
      if (wide.enter(seat(1, port, "a"), port).isAdmitted()) {
        admitted++;
      }
    }
    assertThat(admitted).isEqualTo(Admission.UNCONFIRMED_PER_CLIENT);
    assertThat(wide.enter(seat(1, 600, "a"), 0).reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
    assertThat(wide.enter(seat(2, 600, "a"), 0).isAdmitted()).isTrue();
  }

  @Test
  void errorsToOneAddressAreCounted() {
    AnswerBudget budget = new AnswerBudget(0);
    Ipv4 victim = Ipv4.of("10.0.0.9");
    int sent = 0;
    for (int i = 0; i < 1000; i++) {
      sent += budget.spend(victim, SECOND / 2) ? 1 : 0;
    }
    assertThat(sent).isEqualTo(AnswerBudget.PER_SECOND);
    assertThat(budget.spend(Ipv4.of("10.0.0.10"), SECOND / 2)).isTrue();
    assertThat(budget.spend(victim, 2 * SECOND)).isTrue();
  }

  private Reason enter(Seat seat, long now) {
    return admission.enter(seat, now).reason();
  }

  private Seat seat(int client, int port, String file) {
    return new Seat(
        new Order(
            new ReadRequest(file, "octet", List.of()),
            file,
            Ipv4.of("10.0.0." + client),
            port,
            Ipv4.of("10.0.0.254"),
            Instant.EPOCH));
  }

  private final class Seat implements Admission.Occupant {
    private final Order order;
    private boolean confirmed;
    private long heardAt;

    Seat(Order order) {
      this.order = order;
    }

    Seat confirmed() {
      confirmed = true;
      return this;
    }

    Seat heard(long at) {
      heardAt = at;
      return this;
    }

    @Override
    public Order order() {
      return order;
    }

    @Override
    public boolean isConfirmed() {
      return confirmed;
    }

    @Override
    public long heardAt() {
      return heardAt;
    }

    @Override
    public void giveWay(String why) {
      gaveWay.add(order.file() + ": " + why);
    }
  }
}
