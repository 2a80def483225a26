package io.arranque.documents.rancheros;

import io.arranque.documents.Finding;

/**
 * A finding, and in what.
 *
 * @param finding its line counts in that place
 */
public record Remark(Place place, Finding finding) {
  public enum Place {
    /** {@code role.yaml}. */
    ROLE,
    /** The role's own {@code cloud-config}, as it was rendered. */
    DOCUMENT,
    /** {@code role.yaml}, which wants what nobody has given a value yet. */
    ABSENT
  }

  public boolean isError() {
    return finding.severity() == Finding.Severity.ERROR;
  }
}
