/** What machines of the shipped roles are given, whole, and what the programs that read it say. */
@NullMarked
package io.arranque.systems;

import org.jspecify.annotations.NullMarked;
