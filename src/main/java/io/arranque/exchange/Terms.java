package io.arranque.exchange;

import java.util.Optional;

/**
 * How a file is to be taken.
 *
 * @param room where machines are put of which the file says nothing of a room
 * @param reserve whether addresses that were merely seen in use become reservations
 * @param evenIfLeased whether an address is reserved although another machine uses it now
 * @param skipBad whether the good rows are taken when others are refused
 * @param by who does it, for the audit
 */
public record Terms(
    Optional<String> room, boolean reserve, boolean evenIfLeased, boolean skipBad, String by) {}
