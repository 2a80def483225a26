package io.arranque.cli.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What stands on a PC's serial line: kept as it came in a file, and as plain text to look at. One
 * thread writes; any may ask or wait.
 */
public final class Console {
  /** Moving the cursor is a new line to a reader; all else that begins with ESC is colour. */
  private static final Pattern MOVE = Pattern.compile("\u001b\\[\\d*(;\\d*)?[Hf]");

  private static final Pattern ESCAPE = Pattern.compile("\u001b(\\[[0-9;?=]*[A-Za-z]|[()].|c)");

  private final StringBuilder raw = new StringBuilder();
  private boolean ended;

  /** Reads to the end; meant for a thread of its own. */
  void follow(InputStream line, Path file) {
    byte[] buffer = new byte[8192];
    try (OutputStream log = Files.newOutputStream(file)) {
      int count = line.read(buffer);
      while (count >= 0) {
        log.write(buffer, 0, count);
        append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        count = line.read(buffer);
      }
    } catch (IOException e) {
      append("\n(the serial line broke: " + e.getMessage() + ")\n");
    } finally {
      end();
    }
  }

  private synchronized void append(String text) {
    raw.append(text);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** All so far, without escape sequences. */
  public synchronized String text() {
    String moved = MOVE.matcher(raw).replaceAll("\n");
    return ESCAPE.matcher(moved).replaceAll("").replace("\r", "").replace("\u0000", "");
  }

  public List<String> lines() {
    return text().lines().map(String::stripTrailing).filter(line -> !line.isBlank()).toList();
  }

  /** The last lines that say anything. */
  public List<String> lastLines(int count) {
    List<String> lines = lines();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  /**
   * Whether the text was shown; the firmware breaks long lines anywhere, so blanks do not count.
   */
  public boolean shows(String wanted) {
    return squeezed(text()).contains(squeezed(wanted));
  }

  /**
   * Waits for a text.
   *
   * @return false when the time is over or the PC went off before it
   */
  public synchronized boolean await(String wanted, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!shows(wanted)) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (ended || left <= 0) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Waits until the PC is off and all it said was read. */
  public synchronized void awaitEnd(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    long left = limit.toMillis();
    while (!ended && left > 0) {
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      left = (deadline - System.nanoTime()) / 1_000_000;
    }
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
