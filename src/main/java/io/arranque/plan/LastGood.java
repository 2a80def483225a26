package io.arranque.plan;

import io.arranque.address.Mac;
import java.time.Instant;

/**
 * What a machine was given in the last boot in which it said that it came up.
 *
 * @param at when it said so
 * @param role its role then
 * @param given masked: secrets are never kept
 */
public record LastGood(Mac mac, Instant at, String role, Given given) {}
