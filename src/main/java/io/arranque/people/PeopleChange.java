package io.arranque.people;

/** One change of people and tokens, decided in {@link PeopleRules}, committed by the book. */
public sealed interface PeopleChange {
  record UserSaved(User user) implements PeopleChange {}

  record UserRemoved(String name) implements PeopleChange {}

  record TokenSaved(AccessToken token) implements PeopleChange {}

  record TokenRemoved(String id) implements PeopleChange {}
}
