package io.arranque.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.inventory.StoreFailure;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start makes of a journal that a crash or a bad disk has cut, torn or changed. */
class JournalReplayTest {
  private static final int COMMITS = 16;
  private static final int FILE = 640;
  private static final long SEED = 20260301;

  @TempDir Path folder;
  private final List<JournalRun.Written> written = new ArrayList<>();

  private void record(int fileSize) throws Exception {
    JournalRun.record(folder, SEED, COMMITS, fileSize, written);
  }

  /** What stands where the crash kept the disk from writing. */
  private enum Rest {
    NOTHING,
    ZEROS,
    GARBAGE;

    byte[] after(byte[] file, int offset) {
      byte[] cut = this == NOTHING ? Arrays.copyOf(file, offset) : file.clone();
      for (int i = offset; i < cut.length; i++) {
        cut[i] = this == ZEROS || file[i] == 0 ? 0 : (byte) ~file[i];
      }
      return cut;
    }
  }

  @ParameterizedTest
  @EnumSource(Rest.class)
  void a_journal_cut_at_any_octet_gives_exactly_the_commits_before(Rest rest) throws Exception {
    record(FILE);
    List<Path> files = written.stream().map(JournalRun.Written::file).distinct().toList();
    assertThat(files).hasSizeGreaterThan(2);
    for (int i = files.size() - 1; i >= 0; i--) {
      Path file = files.get(i);
      byte[] whole = Files.readAllBytes(file);
      // A header is on the disk before the file has its name.
      int first = rest == Rest.NOTHING ? 0 : JournalFormat.HEADER;
      for (int offset = whole.length; offset >= first; offset--) {
        byte[] cut = rest.after(whole, offset);
        Files.write(file, cut);
        // A frame that ended in zeros anyway is still whole.
        int changed = Arrays.mismatch(whole, cut);
        int last = changed < 0 ? whole.length : changed;
        int whollyThere =
            (int)
                written.stream()
                    .filter(
                        w ->
                            files.indexOf(w.file()) < files.indexOf(file)
                                || (w.file().equals(file) && w.end() <= last))
                    .count();
        assertThat(JournalRun.replayed(folder, 0).changes())
            .as("%s cut at %d", file.getFileName(), offset)
            .isEqualTo(JournalRun.outcome(SEED, whollyThere).changes());
      }
      // Files are made in their order: before this one was cut, no later one was there.
      Files.delete(file);
    }
  }

  @Test
  void a_changed_octet_is_never_passed_over_in_silence() throws Exception {
    record(FILE);
    JournalRun.Written newest = written.get(written.size() - 1);
    int lastFrame =
        written.get(written.size() - 2).file().equals(newest.file())
            ? written.get(written.size() - 2).end()
            : JournalFormat.HEADER;
    Random random = new Random(SEED);
    for (JournalRun.Written end : written) {
      byte[] whole = Files.readAllBytes(end.file());
      for (int offset = 0; offset < end.end(); offset += 1 + random.nextInt(5)) {
        byte[] changed = whole.clone();
        changed[offset] ^= (byte) (1 << random.nextInt(8));
        Files.write(end.file(), changed);
        if (end.file().equals(newest.file()) && offset >= lastFrame) {
          // Not to be told from a commit that the crash cut off.
          assertThat(JournalRun.replayed(folder, 0).changes())
              .isEqualTo(JournalRun.outcome(SEED, COMMITS - 1).changes());
        } else {
          assertThatThrownBy(() -> JournalRun.replayed(folder, 0))
              .as("%s changed at %d", end.file().getFileName(), offset)
              .isInstanceOf(StoreFailure.class)
              .hasMessageContaining("is damaged at octet")
              .hasMessageContaining(folder.toString())
              .hasMessageContaining("put back a good copy");
        }
      }
      Files.write(end.file(), whole);
    }
  }

  @Test
  void damage_to_what_the_database_has_keeps_nobody_waiting() throws Exception {
    record(1 << 16);
    Path file = written.get(0).file();
    byte[] octets = Files.readAllBytes(file);
    octets[written.get(4).end() + 40] ^= 1;
    Files.write(file, octets);
    assertThatThrownBy(() -> JournalRun.replayed(folder, 5)).isInstanceOf(StoreFailure.class);
    LeaseOutcome rest = new LeaseOutcome();
    for (int i = 7; i <= COMMITS; i++) {
      rest.add(JournalRun.commit(SEED, i));
    }
    assertThat(JournalRun.replayed(folder, 6).changes()).isEqualTo(rest.changes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, COMMITS - 1, COMMITS, COMMITS + 9})
  void only_what_the_database_lacks_is_replayed(int completeTo) throws Exception {
    record(FILE);
    LeaseOutcome rest = new LeaseOutcome();
    for (int i = completeTo + 1; i <= COMMITS; i++) {
      rest.add(JournalRun.commit(SEED, i));
    }
    assertThat(JournalRun.replayed(folder, completeTo).changes()).isEqualTo(rest.changes());
  }

  @Test
  void a_missing_file_in_the_middle_is_refused() throws Exception {
    record(FILE);
    List<Path> files = written.stream().map(JournalRun.Written::file).distinct().toList();
    Files.delete(files.get(1));
    assertThatThrownBy(() -> JournalRun.replayed(folder, 0))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining(files.get(2).toString())
        .hasMessageContaining("are missing");
  }

  @Test
  void files_of_two_journals_are_not_mixed() throws Exception {
    record(FILE);
    Path strange = folder.resolve("leases-00000099.journal");
    byte[] octets = new byte[JournalFormat.HEADER];
    new JournalFormat(UUID.randomUUID(), 99).putHeader(ByteBuffer.wrap(octets));
    Files.write(strange, octets);
    assertThatThrownBy(() -> JournalRun.replayed(folder, 0))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining(strange.toString())
        .hasMessageContaining("another journal");
  }

  @Test
  void what_an_older_database_lacks_beyond_the_journal_does_not_stop_the_start() throws Exception {
    record(FILE);
    List<Path> files = written.stream().map(JournalRun.Written::file).distinct().toList();
    int inFirst = (int) written.stream().filter(w -> w.file().equals(files.get(0))).count();
    Files.delete(files.get(0));
    LeaseOutcome rest = new LeaseOutcome();
    for (int i = inFirst + 1; i <= COMMITS; i++) {
      rest.add(JournalRun.commit(SEED, i));
    }
    assertThat(JournalRun.replayed(folder, 0).changes()).isEqualTo(rest.changes());
  }
}
