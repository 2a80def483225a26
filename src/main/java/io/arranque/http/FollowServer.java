package io.arranque.http;

import io.arranque.downloads.OpenDownload;
import io.arranque.http.BootAnswer.Text;
import io.arranque.http.FileReply.Version;
import io.arranque.http.MissingFiles.Coming;
import io.arranque.http.MissingFiles.State;
import io.arranque.http.MissingFiles.Status;
import io.arranque.timeline.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Sends one client a file that is still coming from elsewhere, as far as it has come. Its last byte
 * leaves only when the whole has been verified: so nobody ever has a whole file that is broken.
 * Lives on its connection's event loop.
 */
final class FollowServer {
  /** A slow client is noticed within one of these. */
  private static final long PIECE = 4 << 20;

  private static final int RETRY_SECONDS = 10;

  private final FileAnswerServer answer;
  private final Turn turn;
  private final Coming coming;
  private @Nullable OpenFile file;
  private @Nullable OpenDownload download;
  private int attempt;
  private long sent;
  private boolean sending;

  FollowServer(FileAnswerServer answer, Turn turn, Coming coming) {
    this.answer = answer;
    this.turn = turn;
    this.coming = coming;
  }

  /** To be called whenever more may have come. */
  void proceed() {
    if (sending) {
      return;
    }
    if (!answer.isUp()) {
      close();
      return;
    }
    Status status = coming.status();
    OpenFile opened = file;
    if (opened == null) {
      begin(status);
    } else if (status.attempt() != attempt || isLost(status.state())) {
      over(Reason.UPSTREAM_FAILED);
    } else {
      goOn(opened, status);
    }
  }

  private void begin(Status status) {
    if (isLost(status.state())) {
      answer.refuse(
          Text.refusal(status.state() == State.BROKEN ? 502 : 503, Reason.UPSTREAM_FAILED, "")
              .with("retry-after", Integer.toString(RETRY_SECONDS)),
          Reason.UPSTREAM_FAILED);
      answer.resume();
    } else if (status.state() == State.THERE) {
      answer.answer(false);
      answer.resume();
    } else if (status.total().isEmpty() || status.have() == 0) {
      // Without a length we could not tell a client that the rest is missing.
      await(status);
    } else {
      open(status, status.total().get());
    }
  }

  private void open(Status status, long total) {
    OpenFile opened;
    try {
      opened =
          new OpenFile(
              FileChannel.open(status.part(), StandardOpenOption.READ),
              Version.of(total, Instant.EPOCH, 0),
              "application/octet-stream",
              null);
    } catch (IOException e) {
      // It has just been put into its place, or thrown away: the next look tells.
      await(status);
      return;
    }
    file = opened;
    attempt = status.attempt();
    download = turn.isHead() ? null : answer.begin(total, () -> sent);
    answer.head(opened);
    if (turn.isHead()) {
      over(Reason.OK);
    } else {
      goOn(opened, status);
    }
  }

  private void goOn(OpenFile opened, Status status) {
    long total = opened.version.size();
    boolean verified = status.state() == State.THERE;
    long available = verified ? total : Math.min(status.have(), total - 1);
    if (sent == total) {
      over(Reason.OK);
    } else if (sent < available) {
      long length = Math.min(PIECE, available - sent);
      sending = true;
      answer.piece(
          opened,
          sent,
          length,
          success -> {
            sending = false;
            sent += success ? length : 0;
            if (success) {
              proceed();
            } else {
              over(Reason.TRANSFER_ABORTED);
            }
          });
    } else {
      await(status);
    }
  }

  private void await(Status status) {
    coming.whenMoved(status, () -> answer.later(this::proceed));
  }

  private void over(Reason reason) {
    close();
    answer.followed(sent, reason);
  }

  private void close() {
    OpenFile opened = file;
    file = null;
    OpenDownload begun = download;
    download = null;
    if (begun != null && opened != null) {
      answer.end(begun, sent, sent == opened.version.size());
    }
    if (opened != null) {
      answer.release(opened);
    }
  }

  private static boolean isLost(State state) {
    return state == State.UNREACHABLE || state == State.BROKEN;
  }
}
