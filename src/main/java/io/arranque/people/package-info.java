/**
 * The people who use the appliance: who they are, what each may do, and what each did. Pure but for
 * the ports; knows no HTTP and no database.
 */
@NullMarked
package io.arranque.people;

import org.jspecify.annotations.NullMarked;
