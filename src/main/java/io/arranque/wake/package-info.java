/** Wake-on-LAN: magic packets, and the order in which a room is switched on. */
@NullMarked
package io.arranque.wake;

import org.jspecify.annotations.NullMarked;
