package io.arranque.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.arranque.dhcp.LeaseBook.LoadedLeases;
import io.arranque.inventory.StoreFailure;
import io.arranque.store.LeaseBacklog.Portion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the journal does when the disk fails it, and how it keeps its files few. */
class LeaseJournalTest {
  private static final long SEED = 7;

  @TempDir Path state;
  private final FailingDisk disk = new FailingDisk();
  private final LeaseBacklog backlog = new LeaseBacklog(0, 0, List.of());
  private JournalFolder folder;
  private LeaseJournal journal;

  @BeforeEach
  void open() throws Exception {
    folder = JournalFolder.take(state, disk);
    journal =
        new LeaseJournal(
            folder, new LeaseJournal.Limits(1024, 8 * 1024), backlog, JournalRun.NAME, 0);
  }

  @AfterEach
  void close() throws IOException {
    journal.close();
    folder.close();
  }

  private void commit(int from, int to) throws StoreFailure {
    for (int i = from; i <= to; i++) {
      journal.commit(JournalRun.commit(SEED, i));
    }
  }

  /** The journal tries at most four times a second. */
  private void commitPatiently(int number) throws StoreFailure {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (true) {
      try {
        commit(number, number);
        return;
      } catch (StoreFailure e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  private LeaseOutcome afterCrash(long completeTo) throws Exception {
    close();
    return JournalRun.replayed(state, completeTo);
  }

  private List<Path> files() throws IOException {
    return folder.files().stream().map(JournalFolder.Found::path).toList();
  }

  @Test
  void every_commit_is_synced() throws StoreFailure {
    commit(1, 1);
    int before = disk.syncs.get();
    commit(2, 5);
    assertThat(disk.syncs).hasValue(before + 4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void after_a_failed_sync_or_write_all_that_the_database_lacks_is_written_anew(boolean sync)
      throws Exception {
    commit(1, 3);
    Path first = files().get(0);
    disk.failsSyncs = sync;
    disk.failsWrites = !sync;
    assertThatThrownBy(() -> journal.commit(Samples.bound(40, 3)))
        .isInstanceOf(StoreFailure.class)
        .hasMessageContaining(state.toString())
        .hasMessageContaining("Input/output error");
    assertThat(journal.problem()).isPresent();
    disk.failsSyncs = false;
    disk.failsWrites = false;
    commitPatiently(4);
    assertThat(journal.problem()).isEmpty();
    // The failed file counts for nothing: what it holds was perhaps only in the page cache.
    Files.delete(first);
    assertThat(afterCrash(0).over(EMPTY)).isEqualTo(JournalRun.outcome(SEED, 4).over(EMPTY));
  }

  private static final LoadedLeases EMPTY = new LoadedLeases(List.of(), Map.of());

  @Test
  void a_commit_that_was_refused_does_not_come_back_once_another_was_made() throws Exception {
    commit(1, 3);
    disk.failsSyncs = true;
    assertThatThrownBy(() -> journal.commit(Samples.bound(40, 3))).isInstanceOf(StoreFailure.class);
    disk.failsSyncs = false;
    commitPatiently(4);
    assertThat(afterCrash(0).bound()).doesNotContainKey(Samples.lease(40).address());
  }

  @Test
  void a_failed_file_is_replaced_even_when_nobody_commits() throws Exception {
    commit(1, 3);
    disk.failsSyncs = true;
    assertThatThrownBy(() -> commit(4, 4)).isInstanceOf(StoreFailure.class);
    disk.failsSyncs = false;
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (journal.problem().isPresent() && System.nanoTime() < deadline) {
      try {
        journal.heal();
      } catch (StoreFailure e) {
        Thread.onSpinWait();
      }
    }
    assertThat(journal.problem()).isEmpty();
    Files.delete(files().get(0));
    assertThat(afterCrash(0).over(EMPTY)).isEqualTo(JournalRun.outcome(SEED, 3).over(EMPTY));
  }

  @Test
  void commits_read_at_the_start_are_written_anew_before_anything_else() throws Exception {
    commit(1, 3);
    close();
    LeaseOutcome found = JournalRun.replayed(state, 0);
    folder = JournalFolder.take(state, disk);
    LeaseBacklog replayed = new LeaseBacklog(0, 3, found.changes());
    journal =
        new LeaseJournal(folder, new LeaseJournal.Limits(1024, 8192), replayed, JournalRun.NAME, 3);
    JournalReplay replay = JournalReplay.of(folder.files());
    assertThat(replay.replay(0, new LeaseOutcome())).isEqualTo(3);
    journal.adopt(replay.files());
    commit(4, 4);
    Files.delete(files().get(0));
    assertThat(afterCrash(0).over(EMPTY)).isEqualTo(JournalRun.outcome(SEED, 4).over(EMPTY));
  }

  @Test
  void a_full_disk_is_told_before_the_last_file_is_full() throws Exception {
    commit(1, 1);
    disk.isFull = true;
    assertThatThrownBy(() -> journal.prepare()).isInstanceOf(StoreFailure.class);
    assertThat(journal.problem().orElseThrow()).contains("the disk is full; free some space");
    commit(2, 2);
    assertThat(journal.problem()).isPresent();
    disk.isFull = false;
    journal.prepare();
    assertThat(journal.problem()).isEmpty();
  }

  @Test
  void files_are_removed_behind_the_database_and_bounded_without_it() throws Exception {
    int committed = 0;
    StoreFailure failure = null;
    while (failure == null) {
      try {
        commit(committed + 1, committed + 1);
        committed++;
      } catch (StoreFailure e) {
        failure = e;
      }
    }
    assertThat(failure).hasMessageContaining("reached its bound");
    assertThat(files()).hasSize(8);
    Portion portion = backlog.take(Integer.MAX_VALUE).orElseThrow();
    assertThat(portion.to()).isEqualTo(committed);
    backlog.done(portion);
    journal.retire();
    assertThat(files()).hasSize(1);
    commitPatiently(committed + 1);
    assertThat(afterCrash(committed).changes()).isEqualTo(change(committed + 1).changes());
  }

  private static LeaseOutcome change(int number) {
    LeaseOutcome outcome = new LeaseOutcome();
    outcome.add(JournalRun.commit(SEED, number));
    return outcome;
  }

  @Test
  void a_file_made_ahead_is_used_by_the_next_start() throws Exception {
    journal.prepare();
    close();
    folder = JournalFolder.take(state, disk);
    JournalReplay replay = JournalReplay.of(folder.files());
    assertThat(replay.replay(0, new LeaseOutcome())).isZero();
    journal =
        new LeaseJournal(folder, new LeaseJournal.Limits(1024, 8192), backlog, JournalRun.NAME, 0);
    journal.adopt(replay.files());
    commit(1, 2);
    assertThat(files()).hasSize(1);
    assertThat(afterCrash(0).changes()).isEqualTo(JournalRun.outcome(SEED, 2).changes());
  }

  @Test
  void a_commit_larger_than_a_file_gets_a_file_of_its_size() throws Exception {
    journal.prepare();
    journal.commit(Samples.bound(0, 100));
    commit(2, 2);
    assertThat(afterCrash(0).size()).isGreaterThanOrEqualTo(100);
  }
}
