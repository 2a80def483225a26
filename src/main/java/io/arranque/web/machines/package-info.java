/**
 * The list of machines and a machine's own page: what it is, what it would get, why it did not
 * boot; its role, its secrets, what becomes of its addresses, and lists of machines brought in or
 * out.
 */
@NullMarked
package io.arranque.web.machines;

import org.jspecify.annotations.NullMarked;
