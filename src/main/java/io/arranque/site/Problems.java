package io.arranque.site;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Every problem of one attempt to load a site.
 *
 * @param all ordered by file and line
 */
public record Problems(List<Problem> all) {
  /** A site without any. */
  public static final Problems NONE = new Problems(List.of());

  public Problems {
    all = all.stream().sorted().toList();
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether there is one that keeps the site from being used. */
  public boolean hasErrors() {
    return all.stream().anyMatch(Problem::isError);
  }

  public List<Problem> errors() {
    return all.stream().filter(Problem::isError).toList();
  }

  public List<Problem> warnings() {
    return all.stream().filter(problem -> !problem.isError()).toList();
  }

  /** One problem a line, without a newline at the end. */
  @Override
  public String toString() {
    return all.stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }
}
