package io.arranque.cli;

import io.arranque.address.Mac;
import io.arranque.inventory.Assignments.Decision;
import io.arranque.inventory.InventoryBook;
import io.arranque.inventory.Machine;
import io.arranque.inventory.RoomLock;
import io.arranque.inventory.RoomMembers;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.AuditEntry;
import io.arranque.people.AuditLog;
import io.arranque.people.Who;
import io.arranque.schedule.Due;
import io.arranque.schedule.Entry;
import io.arranque.schedule.Entry.Result;
import io.arranque.schedule.Locks;
import io.arranque.schedule.ScheduleBook;
import io.arranque.site.Site;
import io.arranque.store.Database;
import io.arranque.store.ScheduleStore;
import io.arranque.wake.Waker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the schedule says, at its time. */
final class ScheduleRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleRunner.class);

  /** Looks at the clock anew each time, so it needs no word when that is put right. */
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final int CLOSING_SECONDS = 5;

  private final ScheduleBook schedule;
  private final InventoryBook inventory;
  private final Supplier<Site> site;
  private final Waker waker;
  private final AuditLog audit;
  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "schedule"));

  /** The schedule in the database; at first its times are those of this box. */
  static ScheduleStore book(Database database, InstantSource clock) throws StoreFailure {
    return new ScheduleStore(database, clock, ZoneId.systemDefault());
  }

  ScheduleRunner(
      ScheduleBook schedule,
      InventoryBook inventory,
      Supplier<Site> site,
      Waker waker,
      AuditLog audit,
      InstantSource clock) {
    this.schedule = schedule;
    this.inventory = inventory;
    this.site = site;
    this.waker = waker;
    this.audit = audit;
    this.clock = clock;
  }

  void start() {
    var unused =
        thread.scheduleWithFixedDelay(
            this::lookSafely, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A bug, or a broken disk, must not end the schedule for ever. */
  private void lookSafely() {
    try {
      look();
    } catch (RuntimeException | AssertionError e) {
      LOG.error("the schedule: a bug of this program", e);
    }
  }

  /** Does what is due now. */
  void look() {
    Instant now = clock.instant();
    for (Due due : Due.at(now, schedule.view())) {
      try {
        handle(due, now);
      } catch (StoreFailure e) {
        // It is still due when the disk is well again, if that is not too late.
        LOG.warn("the schedule, entry {}: {}", due.occurrence().entry().id(), e.getMessage());
      }
    }
  }

  private void handle(Due due, Instant now) throws StoreFailure {
    Entry entry = due.occurrence().entry();
    if (due.result() == Result.MISSED) {
      keep(due, now, Result.MISSED, 0);
      return;
    }
    List<Machine> machines = RoomMembers.in(site.get(), inventory.view(), entry.room());
    switch (entry.act()) {
      case WAKE -> {
        // First the note: nobody is woken twice because the power failed in between.
        keep(due, now, due.result(), machines.size());
        wake(due, machines, now);
      }
      case LOCK -> {
        // First the lock, which may be set twice: a room is not left open by such a failure.
        lock(due, now);
        keep(due, now, due.result(), machines.size());
      }
    }
  }

  private void wake(Due due, List<Machine> machines, Instant now) throws StoreFailure {
    List<Mac> macs = machines.stream().map(Machine::mac).toList();
    try {
      if (!macs.isEmpty()) {
        waker.wake(macs, task(due.occurrence().entry()).text());
      }
    } catch (RuntimeException e) {
      LOG.error("the schedule could not do: {}", due.occurrence().entry().describe(), e);
      keep(due, now, Result.FAILED, machines.size());
    }
  }

  private void lock(Due due, Instant now) throws StoreFailure {
    Entry entry = due.occurrence().entry();
    Who who = who(entry);
    RoomLock lock =
        new RoomLock(entry.room(), now, due.occurrence().end(), entry.why(), who.name());
    var unused =
        inventory.commit(
            present ->
                ((Decision.Accepted) Locks.scheduled(present, lock, who.text(), now)).changes());
  }

  private void keep(Due due, Instant now, Result result, int machines) throws StoreFailure {
    Entry entry = due.occurrence().entry();
    schedule.ran(entry.id(), due.run(now, result, machines));
    String what =
        switch (result) {
          case DONE -> "schedule done";
          case LATE -> "schedule late";
          case MISSED -> "schedule missed";
          case FAILED -> "schedule failed";
        };
    audit.record(
        new AuditEntry(
            now,
            who(entry),
            what,
            Optional.empty(),
            entry.room(),
            entry.describe() + "; due at " + due.occurrence().start(),
            result == Result.DONE || result == Result.LATE
                ? AuditEntry.DONE
                : result.name().toLowerCase(Locale.ROOT)));
    LOG.info("{}: {}, {} machines", what, entry.describe(), machines);
  }

  /** By which the task is known on the page: there are several a day, and all are Ana's. */
  private static Who task(Entry entry) {
    return new Who(Who.SCHEDULE + ": " + entry.room().orElse("*") + " " + entry.at(), "-");
  }

  /** Whose entry it is; he need not be there any more. */
  private static Who who(Entry entry) {
    return new Who(Who.SCHEDULE + " (" + entry.by() + ")", "-");
  }

  /** What is being done is finished: an interrupt would close the database's file. */
  @Override
  public void close() {
    thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the schedule was still busy after {} s", CLOSING_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
