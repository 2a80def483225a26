package io.arranque.site;

import io.arranque.site.RolePolicy.Report;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** {@code policy:} of a role and what goes with it. */
final class RolePolicyReader {
  static final ValueType<Integer> ATTEMPTS = ValueType.integer(1, 100);

  private static final ValueType<BootPolicy> POLICY =
      ValueType.oneOf(
          Stream.of(BootPolicy.values()).map(BootPolicy::label).toList(),
          word -> BootPolicy.named(word).orElseThrow());
  private static final ValueType<Report> REPORT =
      ValueType.oneOf(
          Stream.of(Report.values()).map(Report::label).toList(),
          word ->
              Arrays.stream(Report.values())
                  .filter(report -> report.label().equals(word))
                  .findFirst()
                  .orElseThrow());

  private RolePolicyReader() {}

  static RolePolicy read(Fields fields) {
    BootPolicy boot = fields.scalar("policy", POLICY).orElse(BootPolicy.ALWAYS);
    Report installed = fields.scalar("installed-when", REPORT).orElse(Report.INSTALLED);
    Optional<Integer> attempts = fields.scalar("install-attempts", ATTEMPTS);
    return new RolePolicy(
        boot, installed, attempts.map(OptionalInt::of).orElseGet(OptionalInt::empty));
  }
}
