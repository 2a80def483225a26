/**
 * Kernels and initrds: fetched, verified, kept in versions, activated and rolled back. Knows the
 * site's folders and nothing of machines or of who asks.
 */
@NullMarked
package io.arranque.images;

import org.jspecify.annotations.NullMarked;
