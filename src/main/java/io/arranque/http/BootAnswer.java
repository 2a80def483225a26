package io.arranque.http;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.downloads.Standing;
import io.arranque.inventory.InventoryChange;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** What is sent for a request, what must be committed before, and what is recorded after. */
sealed interface BootAnswer {
  String PLAIN = "text/plain; charset=utf-8";

  /** To be committed before anything is sent. */
  default List<InventoryChange> changes() {
    return List.of();
  }

  /** What becomes of the machine's place in the queue. */
  default Optional<Turn> turn() {
    return Optional.empty();
  }

  /** To be recorded once it was sent. */
  default Optional<BootEvent> event() {
    return Optional.empty();
  }

  /**
   * A machine that may begin to download, or waits.
   *
   * @param files of its boot, as {@code IMAGE/FILE}
   */
  record Turn(Mac mac, Ipv4 address, Standing standing, Set<String> files) {}

  /**
   * @param headers beside those that describe the body
   */
  record Text(
      int status,
      String contentType,
      String body,
      Map<String, String> headers,
      List<InventoryChange> changes,
      Optional<BootEvent> event,
      Optional<Turn> turn)
      implements BootAnswer {

    static Text plain(int status, String body) {
      return new Text(status, PLAIN, body, Map.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /** For iPXE: always 200, as of any other status it shows nothing but a number. */
    static Text script(String body) {
      return plain(200, body);
    }

    /** The reason as plain text. */
    static Text refusal(int status, Reason reason, String detail) {
      String addition = detail.isEmpty() ? "" : " (" + detail + ")";
      String advice = reason.advice().isEmpty() ? "" : "\n" + reason.advice();
      return plain(status, reason.sentence() + addition + advice + "\n");
    }

    Text with(String header, String value) {
      return new Text(status, contentType, body, Map.of(header, value), changes, event, turn);
    }

    Text with(BootEvent recorded) {
      return new Text(status, contentType, body, headers, changes, Optional.of(recorded), turn);
    }

    Text with(List<InventoryChange> committed) {
      return new Text(status, contentType, body, headers, committed, event, turn);
    }

    Text typed(String type) {
      return new Text(status, type, body, headers, changes, event, turn);
    }

    Text with(Turn taken) {
      return new Text(status, contentType, body, headers, changes, event, Optional.of(taken));
    }
  }

  /**
   * A gzipped newc archive.
   *
   * @param files text by path
   * @param secret whether it holds secrets, and must not be kept by anybody on the way
   */
  record Archive(
      SortedMap<String, String> files,
      Optional<BootEvent> event,
      boolean secret,
      List<InventoryChange> changes)
      implements BootAnswer {

    /** One without secrets. */
    Archive(SortedMap<String, String> files, Optional<BootEvent> event) {
      this(files, event, false, List.of());
    }
  }

  /** Folders of the site from which files are sent. */
  enum Folder {
    IMAGES("images"),
    LOADERS("tftp");

    private final String folderName;

    Folder(String folderName) {
      this.folderName = folderName;
    }

    String folderName() {
      return folderName;
    }
  }

  /**
   * A file as it lies on disk.
   *
   * @param path below the folder, {@code /} between names
   * @param download whose it is, for the timeline; known from the address alone
   * @param booting whose boot the address is of, also where the file is no stage of it
   */
  record File(Folder folder, String path, Optional<Download> download, Optional<Mac> booting)
      implements BootAnswer {}

  /** A download that belongs to a machine's boot. */
  record Download(Mac mac, Stage stage) {}

  /**
   * Nothing yet: the machine waits for a role, or for its turn.
   *
   * @param meanwhile what it gets when nothing happened in time
   */
  record Hold(Mac mac, Text meanwhile) implements BootAnswer {
    @Override
    public Optional<Turn> turn() {
      return meanwhile.turn();
    }

    @Override
    public List<InventoryChange> changes() {
      return meanwhile.changes();
    }
  }
}
