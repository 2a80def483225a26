/**
 * Link-layer and IPv4 addresses as values over {@code long} and {@code int}: cheap keys that never
 * touch a name service. Knows nothing of the rest of the program.
 */
@NullMarked
package io.arranque.address;

import org.jspecify.annotations.NullMarked;
