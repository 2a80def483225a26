package io.arranque.store;

import io.arranque.timeline.BootEvent;

/**
 * An event and its place in the order of recording.
 *
 * @param id unique and growing, also over restarts
 */
record Recorded(long id, BootEvent event) {}
