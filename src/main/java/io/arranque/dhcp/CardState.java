package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import java.util.Optional;

/**
 * How a segment stands to the wire.
 *
 * @param segment its name
 * @param card empty: none was found
 * @param address ours on it
 * @param inSubnet whether that lies in the segment's subnet
 * @param link whether the card has a cable and somebody at its other end
 * @param answers whether DHCP has its sockets open there
 */
public record CardState(
    String segment,
    Optional<String> card,
    Optional<Ipv4> address,
    boolean inSubnet,
    boolean link,
    boolean answers) {}
