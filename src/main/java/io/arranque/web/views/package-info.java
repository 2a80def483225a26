/**
 * What the program knows of machines, rooms, roles and segments, as small records of text that page
 * and API show; {@link io.arranque.web.views.Desk} makes them.
 */
@NullMarked
package io.arranque.web.views;

import org.jspecify.annotations.NullMarked;
