package io.arranque.plan;

import io.arranque.address.Ipv4;
import io.arranque.site.Segment;
import java.util.Optional;

/**
 * How the machine and the appliance reach each other in this exchange.
 *
 * @param segment where the machine is
 * @param serverAddress our address as the machine sees it
 * @param machineAddress the machine's, as far as known
 * @param nonce of its present boot; empty where none is made, as in DHCP and previews
 */
public record Reach(
    Optional<Segment> segment,
    Ipv4 serverAddress,
    Optional<Ipv4> machineAddress,
    Optional<String> nonce) {}
