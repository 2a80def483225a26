package io.arranque.walk;

import io.arranque.address.Mac;
import java.time.Instant;

/** A PC that has begun to boot. */
public record Heard(Mac mac, Instant at) {}
