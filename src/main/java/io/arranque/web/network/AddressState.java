package io.arranque.web.network;

import java.util.Locale;

/** How an address stands. The sign tells it to who cannot tell the colours apart. */
enum AddressState {
  FREE("·"),
  LEASED("●"),
  /** Its machine gets it back before others do. */
  ENDED("○"),
  /** And its machine has it. */
  RESERVED_USED("◆"),
  /** And nobody has it. */
  RESERVED("◇"),
  /** And another machine has it. */
  RESERVED_TAKEN("‼"),
  OFFERED("◐"),
  SET_ASIDE("✕"),
  OURS("★"),
  ROUTER("R"),
  DNS("D"),
  /** Another DHCP server calls itself so. */
  SERVER("!"),
  /** In no pool, but a machine said that it has it. */
  SEEN("?"),
  /** In no pool, and nothing is known of it. */
  OUTSIDE(""),
  /** The subnet's first and last, which nobody can have. */
  EDGE("–");

  private final String sign;

  AddressState(String sign) {
    this.sign = sign;
  }

  String sign() {
    return sign;
  }

  /** The word in the API, in messages and in style classes. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
