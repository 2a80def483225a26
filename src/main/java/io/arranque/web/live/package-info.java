/** What happens, pushed to open pages and listening programs while it happens. */
@NullMarked
package io.arranque.web.live;

import org.jspecify.annotations.NullMarked;
