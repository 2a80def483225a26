package io.arranque.web.access;

import io.arranque.people.Grant;
import io.arranque.people.Who;
import java.util.Optional;

/**
 * Who sent a request, and what they may do.
 *
 * @param user the user behind it; empty: the administrator's token, a login link, a token of
 *     nobody's
 * @param byToken whether a program sent it, with a token, and not a browser
 */
public record Caller(Who who, Grant grant, Optional<String> user, boolean byToken) {
  public boolean isAdministrator() {
    return grant.isAdministrator();
  }
}
