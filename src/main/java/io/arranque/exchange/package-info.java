/**
 * Machines and rooms as files of other programs and our own: reads them to proposed edits, says
 * what each would change, and writes them. What is allowed is decided in {@code inventory} alone.
 * Knows no database, no file and no page.
 */
@NullMarked
package io.arranque.exchange;

import org.jspecify.annotations.NullMarked;
