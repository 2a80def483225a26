package io.arranque.http;

import io.arranque.address.Mac;
import io.arranque.downloads.Download.Way;
import io.arranque.downloads.OpenDownload;
import io.arranque.http.BootAnswer.Download;
import io.arranque.http.BootAnswer.Text;
import io.arranque.http.MissingFiles.Coming;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one request by a file: from memory, by sendfile, or as it comes from elsewhere. Lives on
 * its connection's event loop.
 */
// A failed write closes the connection; nothing follows a close.
@SuppressWarnings("FutureReturnValueIgnored")
final class FileAnswerServer {
  private static final Logger LOG = LoggerFactory.getLogger(FileAnswerServer.class);

  private final LoopServer loop;
  private final ConnectionServer connection;
  private final Pace pace;
  private final Turn turn;
  private final BootAnswer.File asked;

  FileAnswerServer(
      LoopServer loop, ConnectionServer connection, Pace pace, Turn turn, BootAnswer.File asked) {
    this.loop = loop;
    this.connection = connection;
    this.pace = pace;
    this.turn = turn;
    this.asked = asked;
  }

  /**
   * @param fetched whether it may still come from elsewhere if it is not there
   */
  void answer(boolean fetched) {
    OpenFile file;
    try {
      file =
          loop.files.open(
              loop.wiring.site().get().folder().resolve(asked.folder().folderName()),
              asked.path(),
              loop.round());
    } catch (IOException e) {
      LOG.debug("{}: {}", asked.path(), e.toString());
      Optional<Coming> coming =
          fetched && asked.folder() == BootAnswer.Folder.IMAGES
              ? loop.wiring.missing().fetch(asked.path())
              : Optional.empty();
      coming.ifPresentOrElse(
          found -> new FollowServer(this, turn, found).proceed(),
          () -> refuse(Text.refusal(404, Reason.FILE_MISSING, ""), Reason.FILE_MISSING));
      return;
    }
    try {
      send(file);
    } finally {
      loop.files.release(file);
    }
  }

  /** There will be no file. */
  void refuse(Text text, Reason reason) {
    connection.write(
        turn,
        asked
            .download()
            .map(d -> event(d, reason, 0))
            .or(() -> asked.booting().map(mac -> missed(mac, reason)))
            .map(text::with)
            .orElse(text));
  }

  private BootEvent missed(Mac mac, Reason reason) {
    return reason == Reason.FILE_MISSING
        ? FileDesk.missing(
            loop.wiring.clock().instant(),
            mac,
            connection.sending().client(),
            asked.folder().folderName() + "/" + asked.path())
        : event(new Download(mac, Stage.INITRD), reason, 0);
  }

  boolean isUp() {
    return connection.sending().ctx().channel().isActive();
  }

  void release(OpenFile file) {
    loop.files.release(file);
  }

  void later(Runnable task) {
    connection.sending().ctx().executor().execute(task);
  }

  /** The head of a whole file of which not all is there yet. */
  void head(OpenFile file) {
    FileReply whole = new FileReply(200, 0, file.version.size());
    connection
        .sending()
        .outlet()
        .add(ReplyHead.ofFile(loop.head, turn, whole, file, loop.date(turn.began())));
    connection.sending().outlet().flush();
  }

  /** A part of such a file; {@code done} hears whether it was sent. */
  void piece(OpenFile file, long first, long length, Consumer<Boolean> done) {
    boolean[] over = new boolean[1];
    Pace.Moving moving =
        connection
            .sending()
            .outlet()
            .send(
                file,
                first,
                length,
                sent -> {
                  over[0] = true;
                  pace.sent();
                  // Not from here: many pieces in a row would become as deep a stack.
                  later(() -> done.accept(sent.isSuccess()));
                });
    // What was sent at once moves no more, while we wait for what comes next.
    if (!over[0]) {
      pace.sends(moving, System.nanoTime());
    }
  }

  /** Such a file was sent, or will never be. */
  void followed(long bytes, Reason reason) {
    pace.sent();
    if (!turn.isHead()) {
      asked.download().ifPresent(d -> loop.wiring.timeline().record(event(d, reason, bytes)));
    }
    if (reason == Reason.OK) {
      connection.finished(turn.keepsAlive());
      connection.resume();
    } else {
      connection.sending().ctx().close();
    }
  }

  private void send(OpenFile file) {
    RequestHead head = turn.head();
    if (head == null) {
      throw new AssertionError(asked);
    }
    FileReply reply = FileReply.to(head.isGet(), head.conditions, file.version);
    OutletServer outlet = connection.sending().outlet();
    outlet.add(ReplyHead.ofFile(loop.head, turn, reply, file, loop.date(turn.began())));
    long length = head.isGet() ? reply.length() : 0;
    if (length == 0) {
      connection.finished(turn.keepsAlive());
    } else if (file.content != null) {
      outlet.add(file.content, (int) reply.first(), (int) length);
      boolean whole = length == file.version.size();
      loop.wiring.downloads().sent(connection.sending().client(), asked.path(), length, whole);
      asked.download().ifPresent(d -> outlet.recordWhenSent(event(d, Reason.OK, length)));
      connection.finished(turn.keepsAlive());
    } else {
      stream(file, reply);
    }
  }

  /** Writes a download down that begins now. */
  OpenDownload begin(long length, LongSupplier done) {
    return loop.wiring
        .downloads()
        .begin(connection.sending().client(), Way.HTTP, asked.path(), length, done);
  }

  void end(OpenDownload download, long bytes, boolean whole) {
    loop.wiring.downloads().end(download, bytes, whole);
  }

  private void stream(OpenFile file, FileReply reply) {
    OutletServer outlet = connection.sending().outlet();
    Pace.Moving[] begun = new Pace.Moving[1];
    boolean[] over = new boolean[1];
    OpenDownload open = begin(reply.length(), () -> begun[0] == null ? 0 : begun[0].transferred());
    begun[0] =
        outlet.send(
            file,
            reply.first(),
            reply.length(),
            sent -> {
              over[0] = true;
              pace.sent();
              // Null: it was sent, or failed, before this method returned.
              long bytes =
                  begun[0] != null ? begun[0].transferred() : sent.isSuccess() ? reply.length() : 0;
              boolean whole = sent.isSuccess() && reply.length() == file.version.size();
              end(open, bytes, whole);
              Reason reason =
                  sent.isSuccess()
                      ? Reason.OK
                      : pace.wasCut() ? Reason.TOO_SLOW : Reason.TRANSFER_ABORTED;
              loop.log.ended(
                  turn, connection.sending().client(), asked, reason, bytes, reply.length());
              if (sent.isSuccess()) {
                connection.finished(turn.keepsAlive());
                connection.resume();
              } else {
                connection.sending().ctx().close();
              }
            });
    if (!over[0]) {
      pace.sends(begun[0], System.nanoTime());
    }
  }

  private BootEvent event(Download download, Reason reason, long bytes) {
    return loop.log.event(turn, connection.sending().client(), download, reason, asked, bytes);
  }

  void resume() {
    connection.resume();
  }
}
