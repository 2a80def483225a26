package io.arranque.editor;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import java.util.List;

/**
 * Two texts of a file, side by side.
 *
 * @param added how many lines only the second has
 * @param removed how many only the first has
 * @param lines a unified diff, without its two lines of names
 */
public record LineDifference(int added, int removed, List<String> lines) {
  private static final int CONTEXT = 2;

  public static LineDifference between(String before, String after) {
    List<String> old = before.lines().toList();
    Patch<String> patch = DiffUtils.diff(old, after.lines().toList());
    int added = 0;
    int removed = 0;
    for (AbstractDelta<String> delta : patch.getDeltas()) {
      added += delta.getTarget().size();
      removed += delta.getSource().size();
    }
    List<String> lines = UnifiedDiffUtils.generateUnifiedDiff("", "", old, patch, CONTEXT);
    return new LineDifference(added, removed, lines.stream().skip(2).toList());
  }

  /** In short, for a list of who did what: a line of the file may hold a secret. */
  public String summary() {
    return "+" + added + " -" + removed + (added + removed == 1 ? " line" : " lines");
  }
}
