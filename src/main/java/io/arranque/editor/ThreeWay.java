package io.arranque.editor;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two edits of one text, made at the same time.
 *
 * @param merged both of them; empty when they touch the same lines, which only people can decide
 */
public record ThreeWay(Optional<String> merged) {
  /** An edit of neighbouring lines counts as one of the same: they mostly belong together. */
  public static ThreeWay of(String base, String mine, String theirs) {
    if (mine.equals(theirs) || base.equals(theirs)) {
      return new ThreeWay(Optional.of(mine));
    }
    if (base.equals(mine)) {
      return new ThreeWay(Optional.of(theirs));
    }
    List<String> old = lines(base);
    List<AbstractDelta<String>> here = DiffUtils.diff(old, lines(mine)).getDeltas();
    List<AbstractDelta<String>> there = DiffUtils.diff(old, lines(theirs)).getDeltas();
    List<AbstractDelta<String>> all = new ArrayList<>(here);
    for (AbstractDelta<String> delta : there) {
      if (here.stream().anyMatch(same -> same.equals(delta))) {
        continue;
      }
      if (here.stream().anyMatch(other -> touch(other, delta))) {
        return new ThreeWay(Optional.empty());
      }
      all.add(delta);
    }
    // From the end, so that the places of those before stay true.
    all.sort((a, b) -> b.getSource().getPosition() - a.getSource().getPosition());
    List<String> merged = new ArrayList<>(old);
    for (AbstractDelta<String> delta : all) {
      List<String> place =
          merged.subList(
              delta.getSource().getPosition(),
              delta.getSource().getPosition() + delta.getSource().size());
      place.clear();
      place.addAll(delta.getTarget().getLines());
    }
    return new ThreeWay(Optional.of(String.join("\n", merged)));
  }

  private static boolean touch(AbstractDelta<String> one, AbstractDelta<String> other) {
    int from = one.getSource().getPosition();
    int to = from + one.getSource().size();
    int otherFrom = other.getSource().getPosition();
    int otherTo = otherFrom + other.getSource().size();
    return from <= otherTo && otherFrom <= to;
  }

  private static List<String> lines(String text) {
    return List.of(text.split("\n", -1));
  }
}
