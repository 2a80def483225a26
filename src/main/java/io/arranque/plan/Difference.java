package io.arranque.plan;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two boots, text by text.
 *
 * @param parts only those that differ; none when nothing does
 */
public record Difference(List<Part> parts) {
  private static final int CONTEXT = 3;

  /** A part is this when one of the two boots has it not. */
  public enum Change {
    CHANGED,
    ADDED,
    REMOVED
  }

  /**
   * @param name as in {@link Given}
   * @param lines a unified diff, with its two lines of names
   */
  public record Part(String name, Change change, List<String> lines) {}

  /** From {@code before} to {@code now}. */
  public static Difference between(Given before, Given now) {
    return between(before, now, "last good boot", "now");
  }

  /**
   * @param old what the first are called, as is {@code fresh} the second
   */
  public static Difference between(Given before, Given now, String old, String fresh) {
    SortedSet<String> names = new TreeSet<>(before.texts().keySet());
    names.addAll(now.texts().keySet());
    List<Part> parts = new ArrayList<>();
    for (String name : names) {
      String was = before.texts().get(name);
      String is = now.texts().get(name);
      Change change = was == null ? Change.ADDED : is == null ? Change.REMOVED : Change.CHANGED;
      List<String> lines = unified(old + ": " + name, fresh + ": " + name, lines(was), lines(is));
      if (!lines.isEmpty()) {
        parts.add(new Part(name, change, lines));
      }
    }
    return new Difference(List.copyOf(parts));
  }

  private static List<String> lines(@Nullable String text) {
    return text == null ? List.of() : text.lines().toList();
  }

  private static List<String> unified(
      String old, String fresh, List<String> before, List<String> now) {
    Patch<String> patch = DiffUtils.diff(before, now);
    return UnifiedDiffUtils.generateUnifiedDiff(old, fresh, before, patch, CONTEXT);
  }

  public boolean isEmpty() {
    return parts.isEmpty();
  }
}
