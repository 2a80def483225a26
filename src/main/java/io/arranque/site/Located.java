package io.arranque.site;

/**
 * A value and where it stands.
 *
 * @param line from 1
 * @param key its path in the file, {@code pool[0]}
 */
record Located<T>(T value, int line, String key) {}
