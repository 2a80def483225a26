package io.arranque.exchange;

import io.arranque.inventory.Refusal;

/**
 * Something to say about a line of a file.
 *
 * @param line from 1; 0 means the whole file
 * @param field which field of the row; may be empty
 * @param rule the name of a {@link Rule} or of a {@link Refusal.Kind}
 * @param sentence the rule in English
 * @param detail the offending thing in a few words; never the value of a variable
 * @param refuses whether the row, or for line 0 the file, cannot be taken
 */
public record Remark(
    int line, String field, String rule, String sentence, String detail, boolean refuses) {
  private static final int MAX_DETAIL = 120;

  public Remark {
    String plain = detail.replaceAll("\\p{Cntrl}", " ");
    detail = plain.length() <= MAX_DETAIL ? plain : plain.substring(0, MAX_DETAIL) + "…";
  }

  static Remark refusal(int line, String field, Rule rule, String detail) {
    return new Remark(line, field, rule.name(), rule.sentence(), detail, true);
  }

  static Remark note(int line, String field, Rule rule, String detail) {
    return new Remark(line, field, rule.name(), rule.sentence(), detail, false);
  }

  static Remark of(int line, Refusal refusal, String more) {
    return new Remark(
        line,
        refusal.field(),
        refusal.kind().name(),
        refusal.kind().sentence(),
        refusal.detail() + more,
        true);
  }

  /** For people, in English, without the line. */
  public String message() {
    return detail.isEmpty() ? sentence : sentence + " (" + detail + ")";
  }
}
