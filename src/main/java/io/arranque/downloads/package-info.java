/**
 * Who downloads now, and who waits for a turn: the storm when a whole room is switched on. The boot
 * engines write down what they send, the planner asks whether a machine may begin, the page shows
 * both.
 */
@NullMarked
package io.arranque.downloads;

import org.jspecify.annotations.NullMarked;
