/** When rooms are woken and locked. */
@NullMarked
package io.arranque.web.schedule;

import org.jspecify.annotations.NullMarked;
