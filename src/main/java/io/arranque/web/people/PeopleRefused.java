package io.arranque.web.people;

import io.arranque.people.PeopleRefusal;

/** Carries why a change of users or tokens was not made to whoever renders it. */
public final class PeopleRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final PeopleRefusal refusal;

  public PeopleRefused(PeopleRefusal refusal) {
    super(refusal.sentence(), null, false, false);
    this.refusal = refusal;
  }

  public PeopleRefusal refusal() {
    return refusal;
  }

  public int status() {
    return switch (refusal) {
      case USER_UNKNOWN, TOKEN_UNKNOWN -> 404;
      case NAME_TAKEN, LAST_ADMINISTRATOR, TOO_MANY, ALREADY_SET_UP -> 409;
      case SCOPE_EXCEEDS -> 403;
      case NAME_MALFORMED,
          PASSWORD_SHORT,
          PASSWORD_LONG,
          PASSWORD_EASY,
          PASSWORD_WRONG,
          ROLE_MALFORMED,
          SCOPE_MALFORMED,
          TOKEN_NAME_MALFORMED,
          TOKEN_EXPIRY_MALFORMED ->
          422;
    };
  }
}
