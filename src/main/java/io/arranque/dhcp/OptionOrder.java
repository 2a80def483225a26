package io.arranque.dhcp;

import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import java.util.Arrays;

/**
 * In which order a reply's options stand. It matters because what comes last is left out when the
 * client takes no more (RFC 2131 §4.1).
 *
 * <p>First what every client needs, then what this one asks for in its order (RFC 2132 §9.8), then
 * the rest; the subnet mask always before the router (RFC 2132 §3.3).
 *
 * <p>To firmware mask, router and DNS go before its boot file: OVMF's HTTP boot declines the
 * address ("Lease is denied upon entering bound") when they come after it. Found with OVMF 2022.11
 * in QEMU; its PXE does not mind.
 */
final class OptionOrder {
  /** Without these the message is none, or the machine does not boot. */
  private static final int[] HEAD = {
    OptionCode.MESSAGE_TYPE, OptionCode.SERVER_IDENTIFIER, OptionCode.LEASE_TIME
  };

  /** The boot file, and what a reply echoes. */
  private static final int[] BOOT = {
    OptionCode.VENDOR_CLASS,
    OptionCode.VENDOR_SPECIFIC,
    OptionCode.BOOTFILE_NAME,
    OptionCode.TFTP_SERVER_NAME,
    OptionCode.IPXE_ENCAPSULATED,
    OptionCode.CLIENT_IDENTIFIER,
    OptionCode.CLIENT_MACHINE_IDENTIFIER,
    OptionCode.SUBNET_SELECTION
  };

  /** Sent whether asked for or not: without them an address is of no use. */
  private static final int[] ALWAYS = {
    OptionCode.SUBNET_MASK, OptionCode.ROUTER, OptionCode.DOMAIN_NAME_SERVERS
  };

  private static final int NETWORK = 100;
  private static final int AFTER_NETWORK = 200;
  private static final int REQUESTED = 1000;
  private static final int UNASKED = 2000;
  private static final int REST = 3000;
  private static final int CODES = 256;

  /** Option 55. */
  private final Octets requested;

  /** By code. An array, because one is made for each reply. */
  private final int[] ranks = new int[CODES];

  /**
   * @param requested the value of option 55; empty when the client names nothing
   * @param boots whether it is firmware that boots
   */
  OptionOrder(Octets requested, boolean boots) {
    this.requested = requested;
    Arrays.fill(ranks, REST);
    rank(ALWAYS, UNASKED);
    // By twos, so that the mask can stand between; of a code named twice the first place counts.
    for (int i = requested.size() - 1; i >= 0; i--) {
      ranks[requested.at(i)] = REQUESTED + 2 * i;
    }
    rank(HEAD, 0);
    rank(BOOT, AFTER_NETWORK);
    if (boots) {
      rank(ALWAYS, NETWORK);
    }
    ranks[OptionCode.SUBNET_MASK] =
        Math.min(ranks[OptionCode.SUBNET_MASK], ranks[OptionCode.ROUTER] - 1);
  }

  private void rank(int[] codes, int from) {
    for (int i = 0; i < codes.length; i++) {
      ranks[codes[i]] = from + 2 * i;
    }
  }

  /** Whether the client named this option. */
  boolean isRequested(int code) {
    for (int i = 0; i < requested.size(); i++) {
      if (requested.at(i) == code) {
        return true;
      }
    }
    return false;
  }

  /** Whether what the site says of the network is for this client. */
  boolean isWanted(int code) {
    if (requested.isEmpty() || isRequested(code)) {
      return true;
    }
    for (int always : ALWAYS) {
      if (code == always) {
        return true;
      }
    }
    return false;
  }

  /** Sorts the first {@code size} of {@code codes}; what is of one rank stays as it is. */
  void arrange(int[] codes, int size) {
    // By insertion: a dozen, most of them in place already.
    for (int i = 1; i < size; i++) {
      int code = codes[i];
      int at = i;
      while (at > 0 && ranks[codes[at - 1]] > ranks[code]) {
        codes[at] = codes[at - 1];
        at--;
      }
      codes[at] = code;
    }
  }
}
