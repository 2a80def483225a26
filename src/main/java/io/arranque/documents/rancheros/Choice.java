package io.arranque.documents.rancheros;

/**
 * Where something is said to RancherOS, and why there.
 *
 * @param what the key of {@code role.yaml}
 * @param where the channel, for people
 */
public record Choice(String what, String where, String why) {}
