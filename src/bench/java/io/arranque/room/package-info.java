/**
 * A whole room that is switched on at once: simulated PCs go through all of a boot, against the
 * appliance and against nginx and dnsmasq. docs/performance.md says how to run it.
 */
@NullMarked
package io.arranque.room;

import org.jspecify.annotations.NullMarked;
