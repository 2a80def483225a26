package io.arranque.people;

/** Why a change of users or tokens was not made. */
public enum PeopleRefusal {
  NAME_MALFORMED(
      "name",
      "A user's name begins with a small letter; then small letters, digits and . _ -, up to 32."),
  NAME_TAKEN("name", "There is a user of this name already."),
  USER_UNKNOWN("name", "There is no such user."),
  PASSWORD_SHORT("password", "A password has 10 characters or more."),
  PASSWORD_LONG("password", "A password has 200 characters at most."),
  PASSWORD_EASY(
      "password", "This password is guessed at once: the name, or few characters over and over."),
  PASSWORD_WRONG("old", "The present password is not this one."),
  ROLE_MALFORMED(
      "role", "A role is viewer, operator or administrator; an operator has rooms, or * for all."),
  SCOPE_MALFORMED("scope", "A scope is read, operate or admin; operate has rooms, or * for all."),
  SCOPE_EXCEEDS("scope", "A token cannot do more than whoever makes it."),
  LAST_ADMINISTRATOR("name", "This is the last administrator who can log in."),
  TOKEN_NAME_MALFORMED("name", "A token's name has 1 to 60 printable characters."),
  TOKEN_UNKNOWN("id", "There is no such token."),
  TOKEN_EXPIRY_MALFORMED(
      "days", "A token is good for 1 to 3650 days; without end only for administrators."),
  TOO_MANY("name", "There are too many already; remove some."),
  ALREADY_SET_UP("name", "The first account was made already; log in with it.");

  private final String field;
  private final String sentence;

  PeopleRefusal(String field, String sentence) {
    this.field = field;
    this.sentence = sentence;
  }

  /** The field that breaks the rule, as the API names it. */
  public String field() {
    return field;
  }

  /** The rule as one English sentence. */
  public String sentence() {
    return sentence;
  }
}
