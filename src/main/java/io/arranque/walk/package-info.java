/**
 * Walk mode: PCs are switched on in the order of their seats, and each takes the seat whose turn it
 * is. Events in, decisions out; it knows neither the page nor who hears the PCs.
 */
@NullMarked
package io.arranque.walk;

import org.jspecify.annotations.NullMarked;
