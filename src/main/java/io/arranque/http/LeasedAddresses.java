package io.arranque.http;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Segment;
import java.util.Optional;

/**
 * Which address our own DHCP has given a machine. With it a boot is bound to the machine's leased
 * address: without, anybody on the wire could ask for another machine's script, and with it for its
 * documents.
 */
@FunctionalInterface
public interface LeasedAddresses {
  /** For where addresses are not ours to know: beside another DHCP server, and in tests. */
  LeasedAddresses UNKNOWN = (mac, segment) -> Optional.empty();

  /** The address of the machine's live lease on this segment. */
  Optional<Ipv4> of(Mac mac, Segment segment);

  /**
   * Who has the live lease of an address. It is known when the lease leaves for the machine; the
   * inventory hears of it some milliseconds later, and firmware asks for its loader before.
   */
  default Optional<Mac> holder(Ipv4 address) {
    return Optional.empty();
  }
}
