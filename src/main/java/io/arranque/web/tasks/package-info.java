/** What people do to many machines at once, with progress, stop and undo. */
@NullMarked
package io.arranque.web.tasks;

import org.jspecify.annotations.NullMarked;
