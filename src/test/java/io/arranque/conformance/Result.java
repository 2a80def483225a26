package io.arranque.conformance;

/**
 * What came out of a case.
 *
 * @param remark why it failed or does not apply; for one that passed: what is worth saying, or
 *     nothing
 */
record Result(Outcome outcome, String remark) {
  enum Outcome {
    PASSED("✓"),
    FAILED("✗"),
    NOT_APPLICABLE("–");

    final String sign;

    Outcome(String sign) {
      this.sign = sign;
    }
  }
}
