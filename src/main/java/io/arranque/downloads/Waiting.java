package io.arranque.downloads;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.time.Instant;

/**
 * A machine in the queue.
 *
 * @param since when it first asked
 * @param expected until when it asks again, or loses its place
 */
record Waiting(Mac mac, Ipv4 address, Instant since, Instant expected) {}
