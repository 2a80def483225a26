/**
 * What happened to each machine and why: events, stages, and the catalogue of reasons. Knows
 * nothing of how an event came about.
 */
@NullMarked
package io.arranque.timeline;

import org.jspecify.annotations.NullMarked;
