package io.arranque.web.live;

import io.arranque.address.Mac;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What one live connection has not been sent yet. A machine that changes ten times before the next
 * batch is in it once, so that a storm of events costs a browser a few rows a second.
 */
final class Outbox implements Feed<Outbox.Batch> {
  private static final int MAX_ROWS = 200;
  private static final int MAX_ITEMS = 2_000;

  private final Mailbox<Batch> mail = new Mailbox<>(this::isReady, this::taken);
  private final Optional<Mac> only;
  private final boolean keepsItems;
  private final Set<Mac> dirty = new LinkedHashSet<>();
  private final Deque<Supplier<?>> items = new ArrayDeque<>();
  private long lost;
  private final Set<String> pokes = new LinkedHashSet<>();

  Outbox(Optional<Mac> only, boolean keepsItems) {
    this.only = only;
    this.keepsItems = keepsItems;
  }

  record Batch(List<Mac> dirty, List<Supplier<?>> items, long lost, Set<String> pokes) {}

  void put(Mac mac, Supplier<?> item) {
    if (only.isEmpty() || only.get().equals(mac)) {
      mail.put(() -> add(mac, item));
    }
  }

  private void add(Mac mac, Supplier<?> item) {
    if (!keepsItems) {
      dirty.add(mac);
      return;
    }
    if (items.size() >= MAX_ITEMS) {
      items.removeFirst();
      lost++;
    }
    items.addLast(item);
  }

  /** What goes with the page beside its machines is different: its tasks, or the rooms' locks. */
  void poke(String what) {
    if (!keepsItems) {
      mail.put(() -> pokes.add(what));
    }
  }

  @Override
  public Optional<Batch> next() throws InterruptedException {
    return mail.next();
  }

  @Override
  public void close() {
    mail.close();
  }

  private boolean isReady() {
    return !dirty.isEmpty() || !items.isEmpty() || !pokes.isEmpty();
  }

  private Batch taken() {
    List<Mac> rows = new ArrayList<>();
    Iterator<Mac> each = dirty.iterator();
    while (each.hasNext() && rows.size() < MAX_ROWS) {
      rows.add(each.next());
      each.remove();
    }
    Batch batch = new Batch(rows, List.copyOf(items), lost, Set.copyOf(pokes));
    pokes.clear();
    items.clear();
    lost = 0;
    return batch;
  }
}
