package io.arranque.walk;

import io.arranque.address.Mac;

/** A machine is to have this seat of the walk's room. */
public record Sit(Mac mac, String seat) {}
