package io.arranque.dhcp;

import io.arranque.dhcp.packet.OptionCode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * In which order a reply's options stand. It matters because what comes last is left out when the
 * client takes no more (RFC 2131 §4.1).
 *
 * <p>First what every client needs, then what this one asks for in its order (RFC 2132 §9.8), then
 * the rest; the subnet mask always before the router (RFC 2132 §3.3).
 */
final class OptionOrder {
  /** Without these the message is none, or the machine does not boot. */
  private static final List<Integer> FIRST =
      List.of(
          OptionCode.MESSAGE_TYPE,
          OptionCode.SERVER_IDENTIFIER,
          OptionCode.LEASE_TIME,
          OptionCode.VENDOR_CLASS,
          OptionCode.VENDOR_SPECIFIC,
          OptionCode.BOOTFILE_NAME,
          OptionCode.TFTP_SERVER_NAME,
          OptionCode.IPXE_ENCAPSULATED,
          OptionCode.CLIENT_IDENTIFIER,
          OptionCode.CLIENT_MACHINE_IDENTIFIER,
          OptionCode.SUBNET_SELECTION);

  /** Sent whether asked for or not: without them an address is of no use. */
  private static final List<Integer> ALWAYS =
      List.of(OptionCode.SUBNET_MASK, OptionCode.ROUTER, OptionCode.DOMAIN_NAME_SERVERS);

  private static final int REQUESTED = 1000;
  private static final int UNASKED = 2000;
  private static final int REST = 3000;
  private static final int CODES = 256;

  private final BitSet wanted;

  /** By code. An array, because one is made for each reply. */
  private final int[] ranks = new int[CODES];

  /**
   * @param requested option 55; empty when the client names nothing
   */
  OptionOrder(List<Integer> requested) {
    wanted = new BitSet(CODES);
    if (requested.isEmpty()) {
      wanted.set(0, CODES);
    }
    Arrays.fill(ranks, REST);
    rank(ALWAYS, UNASKED);
    rank(requested, REQUESTED);
    for (int i = 0; i < FIRST.size(); i++) {
      ranks[FIRST.get(i)] = 2 * i;
    }
    ranks[OptionCode.SUBNET_MASK] =
        Math.min(ranks[OptionCode.SUBNET_MASK], ranks[OptionCode.ROUTER] - 1);
  }

  /** By twos, so that something can stand between; of a code named twice the first place counts. */
  private void rank(List<Integer> codes, int from) {
    for (int i = codes.size() - 1; i >= 0; i--) {
      int code = codes.get(i);
      ranks[code] = from + 2 * i;
      wanted.set(code);
    }
  }

  /** Whether what the site says of the network is for this client. */
  boolean isWanted(int code) {
    return wanted.get(code);
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
