/**
 * What the operator wrote: the site files as values, and their loader, which reports every problem
 * at once. Knows nothing of machines or of the wire.
 */
@NullMarked
package io.arranque.site;

import org.jspecify.annotations.NullMarked;
