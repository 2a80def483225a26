package io.arranque.dhcp;

import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.OptionCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * In which order a reply's options stand. It matters because what comes last is left out when the
 * client takes no more (RFC 2131 §4.1).
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

  private OptionOrder() {}

  /** Whether what the site says of the network is for this client. */
  static boolean isWanted(int code, List<Integer> requested) {
    return requested.isEmpty() || requested.contains(code) || ALWAYS.contains(code);
  }

  /**
   * First what every client needs, then what it asks for in its order (RFC 2132 §9.8), then the
   * rest; the subnet mask always before the router (RFC 2132 §3.3).
   */
  static List<DhcpOption> arrange(Collection<DhcpOption> options, List<Integer> requested) {
    Map<Integer, Integer> ranks = new HashMap<>();
    rank(ranks, ALWAYS, UNASKED);
    rank(ranks, requested, REQUESTED);
    rank(ranks, FIRST, 0);
    int router = ranks.getOrDefault(OptionCode.ROUTER, REST);
    ranks.merge(OptionCode.SUBNET_MASK, router - 1, Math::min);
    ToIntFunction<DhcpOption> rank = option -> ranks.getOrDefault(option.code(), REST);
    List<DhcpOption> sorted = new ArrayList<>(options);
    sorted.sort(Comparator.comparingInt(rank));
    return sorted;
  }

  /** By twos, so that something can stand between; of a code named twice the first place counts. */
  private static void rank(Map<Integer, Integer> ranks, List<Integer> codes, int from) {
    for (int i = codes.size() - 1; i >= 0; i--) {
      ranks.put(codes.get(i), from + 2 * i);
    }
  }
}
