package io.arranque.conformance;

/**
 * What came out of a case.
 *
 * @param remark why it failed or does not apply; for one that passed: what is worth saying, or
 *     nothing
 */
public record Result(Outcome outcome, String remark) {
  /** Whether the server did as wanted. */
  public enum Outcome {
    PASSED("✓"),
    FAILED("✗"),
    NOT_APPLICABLE("–");

    final String sign;

    Outcome(String sign) {
      this.sign = sign;
    }
  }
}
