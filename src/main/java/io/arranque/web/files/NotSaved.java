package io.arranque.web.files;

import io.arranque.site.Problem;
import java.util.List;
import java.util.Optional;

/** Carries what keeps an edit from being saved to whoever renders it. */
public final class NotSaved extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;
  private final boolean broken;
  private final transient Optional<FileAccess.Denial> denial;

  /**
   * @param broken whether the site would not be taken; else there are warnings that nobody accepted
   */
  NotSaved(List<Problem> problems, boolean broken) {
    super(
        broken ? "The site would be broken." : "There are warnings; accept them to save.",
        null,
        false,
        false);
    this.problems = problems;
    this.broken = broken;
    this.denial = Optional.empty();
  }

  public NotSaved(FileAccess.Denial denial) {
    super("Only administrators may do that: " + denial.what(), null, false, false);
    this.problems = List.of();
    this.broken = false;
    this.denial = Optional.of(denial);
  }

  public List<Problem> problems() {
    return problems;
  }

  boolean isBroken() {
    return broken;
  }

  Optional<FileAccess.Denial> denial() {
    return denial;
  }

  public int status() {
    return denial.isPresent() ? 403 : 422;
  }
}
