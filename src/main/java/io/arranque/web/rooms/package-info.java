/** The site at a glance, a room's picture with its seats, and walk mode. */
@NullMarked
package io.arranque.web.rooms;

import org.jspecify.annotations.NullMarked;
