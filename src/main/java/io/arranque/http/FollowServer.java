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

  private final ConnectionServer connection;
  private final Turn turn;
  private final BootAnswer.File asked;
  private final Coming coming;
  private @Nullable OpenFile file;
  private @Nullable OpenDownload download;
  private int attempt;
  private long sent;
  private boolean sending;

  FollowServer(ConnectionServer connection, Turn turn, BootAnswer.File asked, Coming coming) {
    this.connection = connection;
    this.turn = turn;
    this.asked = asked;
    this.coming = coming;
  }

  /** To be called whenever more may have come. */
  void proceed() {
    if (sending) {
      return;
    }
    if (!connection.isUp()) {
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
      connection.refuse(
          turn,
          asked,
          Text.refusal(status.state() == State.BROKEN ? 502 : 503, Reason.UPSTREAM_FAILED, "")
              .with("retry-after", Integer.toString(RETRY_SECONDS)),
          Reason.UPSTREAM_FAILED);
      connection.resume();
    } else if (status.state() == State.THERE) {
      connection.file(turn, asked, false);
      connection.resume();
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
    download = turn.isHead() ? null : connection.begin(asked, total, () -> sent);
    connection.head(turn, opened);
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
      connection.piece(
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
    coming.whenMoved(status, () -> connection.later(this::proceed));
  }

  private void over(Reason reason) {
    close();
    connection.followed(turn, asked, sent, reason);
  }

  private void close() {
    OpenFile opened = file;
    file = null;
    OpenDownload begun = download;
    download = null;
    if (begun != null && opened != null) {
      connection.end(begun, sent, sent == opened.version.size());
    }
    if (opened != null) {
      connection.release(opened);
    }
  }

  private static boolean isLost(State state) {
    return state == State.UNREACHABLE || state == State.BROKEN;
  }
}
