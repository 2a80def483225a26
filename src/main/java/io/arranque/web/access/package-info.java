/** Who asks, what they may do, and the changes they make: each is checked and written down here. */
@NullMarked
package io.arranque.web.access;

import org.jspecify.annotations.NullMarked;
