package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;
import java.util.Optional;

/**
 * An address promised to a machine; kept after it ended, so that the machine gets the same again.
 *
 * @param segment the name of the segment it belongs to
 * @param since when this machine first got this address
 * @param expires the promise ends here, this instant excluded
 * @param hostname what the machine calls itself (option 12); not trusted
 */
public record Lease(
    Ipv4 address,
    Mac mac,
    String segment,
    Instant since,
    Instant expires,
    Optional<String> hostname) {
  public boolean isLive(Instant now) {
    return now.isBefore(expires);
  }
}
