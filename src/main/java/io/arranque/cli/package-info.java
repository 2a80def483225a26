/**
 * The program: {@code Main}, the commands, and {@code Appliance}, the one place where everything is
 * wired together.
 */
@NullMarked
package io.arranque.cli;

import org.jspecify.annotations.NullMarked;
