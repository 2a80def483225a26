package io.arranque.site;

import java.util.List;
import java.util.Optional;

/**
 * How a segment tells secrets.
 *
 * @param arming empty: as the role says, else {@link ArmingRule#DEFAULT}
 * @param pairing whether somebody must confirm the code on a machine's screen
 */
public record Secrecy(Optional<ArmingRule> arming, boolean pairing) {
  public static final Secrecy DEFAULT = new Secrecy(Optional.empty(), false);

  private static final ValueType<Boolean> PAIRING =
      ValueType.oneOf(List.of("required", "off"), "required"::equals);

  static Secrecy read(Fields fields) {
    return new Secrecy(ArmingRule.read(fields), fields.scalar("pairing", PAIRING).orElse(false));
  }
}
