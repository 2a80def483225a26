/**
 * The database: migrations and the ports of the inner packages implemented on it. Decides nothing.
 */
@NullMarked
package io.arranque.store;

import org.jspecify.annotations.NullMarked;
