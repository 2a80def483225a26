package io.arranque.cli;

import io.arranque.images.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A job's progress on the console: a bar on a terminal, a line now and then elsewhere. */
final class TransferLines implements Progress {
  private static final int WIDTH = 24;
  private static final long BAR_NANOS = 100_000_000L;
  private static final long LINE_NANOS = 10_000_000_000L;
  private static final double MIB = 1 << 20;

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanos;
  private String file = "";
  private long first;
  private long began;
  private long shown;
  private boolean open;

  /**
   * @param nanos tells the time, as {@link System#nanoTime} does
   */
  TransferLines(PrintWriter out, boolean terminal, LongSupplier nanos) {
    this.out = out;
    this.terminal = terminal;
    this.nanos = nanos;
  }

  @Override
  public void at(String name, long done, Optional<Long> total) {
    long now = nanos.getAsLong();
    if (!name.equals(file) || done < first) {
      finish();
      file = name;
      first = done;
      began = now;
      shown = now - LINE_NANOS;
    }
    boolean whole = total.filter(size -> size == done).isPresent();
    if (whole || now - shown >= (terminal ? BAR_NANOS : LINE_NANOS)) {
      shown = now;
      show(line(done, total, now));
    }
  }

  @Override
  public void says(String line) {
    finish();
    out.println(line);
    out.flush();
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  private void show(String line) {
    if (terminal) {
      // Blanks behind it: what stood there may have been longer.
      out.print("\r" + line + "    ");
      open = true;
    } else {
      out.println(line);
    }
    out.flush();
  }

  private void finish() {
    if (open) {
      out.println();
      open = false;
    }
  }

  private String line(long done, Optional<Long> total, long now) {
    double seconds = Math.max(1e-3, (now - began) / 1e9);
    String speed = String.format(Locale.ROOT, "%.1f MiB/s", (done - first) / MIB / seconds);
    if (total.isEmpty() || total.get() == 0) {
      return String.format(Locale.ROOT, "%s  %.1f MiB  %s", file, done / MIB, speed);
    }
    int percent = (int) (100 * done / total.get());
    String bar = "#".repeat(percent * WIDTH / 100);
    return String.format(
        Locale.ROOT,
        "%s  [%-" + WIDTH + "s] %3d %%  %.1f of %.1f MiB  %s",
        file,
        bar,
        percent,
        done / MIB,
        total.get() / MIB,
        speed);
  }
}
