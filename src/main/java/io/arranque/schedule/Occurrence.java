package io.arranque.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry on one day.
 *
 * @param end when a lock ends
 */
public record Occurrence(Entry entry, Instant start, Optional<Instant> end) {}
