/**
 * When rooms are woken and locked, and what a lock forbids: values and functions. Knows neither
 * clock nor database nor network; whoever runs it brings the time and does what is due.
 */
@NullMarked
package io.arranque.schedule;

import org.jspecify.annotations.NullMarked;
