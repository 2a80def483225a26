package io.arranque.dhcp.packet;

import java.util.Optional;

/**
 * What an operator says of one option at one place: a value, or that it is not to be sent although
 * a farther place sets it.
 *
 * @param code 1 to 254
 * @param option of that code; empty: switched off
 */
public record OptionSetting(int code, Optional<DhcpOption> option) {
  /** What an operator writes instead of a value to switch an option off. */
  public static final String NONE = "none";

  public OptionSetting {
    option.ifPresent(
        given -> {
          if (given.code() != code) {
            throw new IllegalArgumentException("code " + code + " with option " + given.code());
          }
        });
  }

  public static OptionSetting of(DhcpOption option) {
    return new OptionSetting(option.code(), Optional.of(option));
  }

  public static OptionSetting off(int code) {
    return new OptionSetting(code, Optional.empty());
  }
}
