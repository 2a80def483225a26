/**
 * What the appliance learned of the machines and what people decided about them: a read view, the
 * changes, and the port that commits them. Knows no database and no protocol.
 */
@NullMarked
package io.arranque.inventory;

import org.jspecify.annotations.NullMarked;
