package io.arranque.dhcp;

import java.time.Duration;
import java.util.List;

/**
 * When to look for other DHCP servers.
 *
 * @param first how long the first look lasts: nothing is answered before it is over
 * @param early further looks, counted from the first. dnsmasq and dhcpd ping an address for one to
 *     three seconds before they offer it; a switch's port passes nothing for half a minute after
 *     the cable was plugged in (spanning tree)
 * @param every after the early ones
 * @param shut the same, while another server keeps us from answering
 * @param window how long an answer may take
 */
record LookTimes(
    Duration first, List<Duration> early, Duration every, Duration shut, Duration window) {
  static final LookTimes USUAL =
      new LookTimes(
          Duration.ofMillis(1500),
          List.of(Duration.ofSeconds(4), Duration.ofSeconds(15), Duration.ofSeconds(35)),
          Duration.ofMinutes(3),
          Duration.ofMinutes(1),
          Duration.ofSeconds(5));
}
