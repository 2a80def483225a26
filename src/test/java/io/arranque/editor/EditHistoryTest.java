package io.arranque.editor;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.editor.EditHistory.Edit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditHistoryTest {
  private static final SitePath ONE = SitePath.parse("cloud-init/a/user-data").orElseThrow();
  private static final SitePath OTHER = SitePath.parse("cloud-init/b/user-data").orElseThrow();
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir private Path place;

  @Test
  void the_former_text_comes_back_to_the_byte_also_after_a_restart() throws Exception {
    FileText was = FileText.of("\uFEFFa\r\n\nb");
    new EditHistory(place.resolve("edits")).keep(ONE, NOW, "ana\nroot", was, "after");
    EditHistory history = new EditHistory(place.resolve("edits"));

    Edit edit = history.last(ONE).orElseThrow();

    assertThat(edit).isEqualTo(new Edit(1, ONE, NOW, "ana?root", was.hash(), "after"));
    assertThat(history.before(edit)).isEqualTo(was);
    assertThat(history.last(OTHER)).isEmpty();
  }

  @Test
  void a_new_files_past_is_nothing_and_the_newest_save_is_the_last() throws Exception {
    EditHistory history = new EditHistory(place.resolve("edits"));
    history.keep(ONE, NOW, "ana", FileText.NOTHING, "1");
    history.keep(OTHER, NOW, "leo", FileText.of("x"), "2");
    history.keep(ONE, NOW, "leo", FileText.of("y"), "3");
    assertThat(history.newest(2)).extracting(Edit::after).containsExactly("3", "2");
    assertThat(history.before(history.newest(3).get(2))).isEqualTo(FileText.NOTHING);
  }

  @Test
  void only_the_appliance_may_read_it_and_the_oldest_go() throws Exception {
    Path folder = place.resolve("edits");
    EditHistory history = new EditHistory(folder);
    for (int i = 0; i < 503; i++) {
      history.keep(ONE, NOW, "ana", FileText.of("text " + i), "x");
    }
    assertThat(history.newest(1_000)).hasSize(500);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    Path file = folder.resolve("000000000503.edit");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void half_a_file_is_no_save() throws Exception {
    Path folder = Files.createDirectory(place.resolve("edits"));
    Files.writeString(folder.resolve("000000000007.edit"), "cloud-init/a/user-data\nnonsense");
    EditHistory history = new EditHistory(folder);
    assertThat(history.last(ONE)).isEmpty();
    history.keep(ONE, NOW, "ana", FileText.of("x"), "y");
    assertThat(history.last(ONE).orElseThrow().number()).isEqualTo(8);
  }
}
