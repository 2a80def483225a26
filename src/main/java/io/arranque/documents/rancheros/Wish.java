package io.arranque.documents.rancheros;

import java.util.List;

/**
 * One thing that a role wants, its templates rendered.
 *
 * @param line its line in {@code role.yaml}
 * @param values one, or those of a list; empty texts count for nothing
 */
public record Wish(int line, List<String> values) {
  public Wish {
    values = List.copyOf(values);
  }
}
