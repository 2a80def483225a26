package io.arranque.dhcp;

import java.util.Optional;

/**
 * How many strangers asked on a segment in the last minute; see {@link Strangers} for who is one.
 *
 * @param asked distinct ones, as far as that can be told in bounded memory
 * @param answered of these, those that took an offer, ours or another server's
 * @param refused those that got none, to protect the known ones
 * @param where relay and switch port through which most came, if one brought more than half
 * @param alarm whether that is so many that somebody may be making them up
 */
public record Flood(
    String segment,
    long asked,
    long answered,
    long refused,
    Optional<String> where,
    boolean alarm) {

  String message() {
    return ("%d unknown machines asked within a minute, %d did not take their offer and %d got none;"
            + " somebody may be making up addresses%s. Known machines are served."
            + " Look for the switch port with many MACs, and limit them there")
        .formatted(
            asked,
            Math.max(0, asked - answered - refused),
            refused,
            where.map(place -> " (most of them through " + place + ")").orElse(""));
  }
}
