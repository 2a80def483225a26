/** Users, their logins, sessions and tokens, and the audit of what they did. */
@NullMarked
package io.arranque.web.people;

import org.jspecify.annotations.NullMarked;
