package io.arranque.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.people.PeopleRules.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleRulesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Grant SALA5 = new Grant(Level.OPERATOR, Optional.of(Set.of("sala5")));

  private static User user(String name, Grant grant) {
    return new User(name, grant, true, PasswordHash.OF_NOBODY, NOON, NOON, Optional.empty());
  }

  private static AccessToken token(String id, Grant grant, Optional<String> owner) {
    return new AccessToken(
        id,
        "backup",
        grant,
        owner,
        "digest-" + id,
        NOON,
        Optional.of(NOON.plus(Duration.ofDays(1))),
        Optional.empty(),
        Optional.empty());
  }

  private static People people(User... users) {
    People people = People.NOBODY;
    for (User user : users) {
      people = people.after(List.of(new PeopleChange.UserSaved(user)));
    }
    return people;
  }

  private static void assertRefused(Decision decision, PeopleRefusal refusal) {
    assertThat(decision).isEqualTo(new Decision.Refused(refusal));
  }

  private static People after(People people, Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    return people.after(((Decision.Accepted) decision).changes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ana", "a", "ana.perez_2-x"})
  void a_name_of_small_letters_and_few_signs_is_taken(String name) {
    People after = after(People.NOBODY, PeopleRules.add(People.NOBODY, user(name, Grant.VIEWER)));
    assertThat(after.user(name)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Ana", "2ana", "ana@x", "ana/x", "a b", "ñandú", "token:x"})
  void a_name_that_could_be_taken_for_something_else_is_refused(String name) {
    assertRefused(
        PeopleRules.add(People.NOBODY, user(name, Grant.VIEWER)), PeopleRefusal.NAME_MALFORMED);
  }

  @Test
  void nobody_is_added_twice_and_the_first_account_is_made_once() {
    People ana = people(user("ana", Grant.ADMINISTRATOR));
    assertRefused(PeopleRules.add(ana, user("ana", Grant.VIEWER)), PeopleRefusal.NAME_TAKEN);
    assertRefused(
        PeopleRules.setUp(ana, user("eva", Grant.ADMINISTRATOR)), PeopleRefusal.ALREADY_SET_UP);
  }

  @ParameterizedTest
  @CsvSource({
    "short pw, PASSWORD_SHORT",
    "aaaaaaaaaaaa, PASSWORD_EASY",
    "anaana ana 1, PASSWORD_EASY",
    "abababababab, PASSWORD_EASY"
  })
  void a_password_that_is_guessed_at_once_is_refused(String password, PeopleRefusal refusal) {
    assertThat(PeopleRules.password("ana", password)).contains(refusal);
  }

  @Test
  void a_long_sentence_with_the_name_in_it_is_a_password() {
    assertThat(PeopleRules.password("ana", "ana likes green tea")).isEmpty();
    assertThat(PeopleRules.password("ana", "x".repeat(201))).contains(PeopleRefusal.PASSWORD_LONG);
  }

  @Test
  void the_last_administrator_who_can_log_in_stays() {
    People people =
        people(
            user("ana", Grant.ADMINISTRATOR),
            user("eva", Grant.ADMINISTRATOR).withActive(false),
            user("leo", Grant.VIEWER));
    PeopleRefusal last = PeopleRefusal.LAST_ADMINISTRATOR;
    assertRefused(PeopleRules.remove(people, "ana"), last);
    assertRefused(PeopleRules.changeGrant(people, "ana", Grant.VIEWER), last);
    assertRefused(PeopleRules.changeActive(people, "ana", false), last);
    People both = after(people, PeopleRules.changeActive(people, "eva", true));
    assertThat(after(both, PeopleRules.remove(both, "ana")).users()).containsOnlyKeys("eva", "leo");
  }

  @Test
  void who_goes_takes_his_tokens_along() {
    People people =
        people(user("ana", Grant.ADMINISTRATOR), user("leo", SALA5))
            .after(
                List.of(
                    new PeopleChange.TokenSaved(token("a", Grant.VIEWER, Optional.of("leo"))),
                    new PeopleChange.TokenSaved(token("b", Grant.VIEWER, Optional.empty()))));
    assertThat(after(people, PeopleRules.remove(people, "leo")).tokens()).containsOnlyKeys("b");
  }

  @Test
  void a_token_does_no_more_than_its_maker_nor_later_than_its_owner() {
    People people = people(user("ana", Grant.ADMINISTRATOR), user("leo", SALA5));
    AccessToken wide = token("a", new Grant(Level.OPERATOR, Optional.empty()), Optional.of("leo"));
    assertRefused(PeopleRules.addToken(people, wide, SALA5), PeopleRefusal.SCOPE_EXCEEDS);
    AccessToken own = token("a", SALA5, Optional.of("leo"));
    People with = after(people, PeopleRules.addToken(people, own, SALA5));
    assertThat(with.grantOf(own)).contains(SALA5);
    assertThat(with.token("digest-a", NOON)).contains(own);
    assertThat(with.token("digest-a", NOON.plus(Duration.ofDays(1)))).isEmpty();

    People demoted = after(with, PeopleRules.changeGrant(with, "leo", Grant.VIEWER));
    assertThat(demoted.grantOf(own)).contains(Grant.VIEWER);
    People shutOut = after(with, PeopleRules.changeActive(with, "leo", false));
    assertThat(shutOut.token("digest-a", NOON)).isEmpty();
  }

  @Test
  void only_an_administrators_token_never_ends_and_others_tokens_are_not_ones_own_to_revoke() {
    AccessToken endless =
        new AccessToken(
            "e",
            "x",
            Grant.VIEWER,
            Optional.of("leo"),
            "d",
            NOON,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    People people = people(user("leo", Grant.VIEWER));
    assertRefused(
        PeopleRules.addToken(people, endless, Grant.VIEWER), PeopleRefusal.TOKEN_EXPIRY_MALFORMED);
    People with = after(people, PeopleRules.addToken(people, endless, Grant.ADMINISTRATOR));
    assertRefused(PeopleRules.revoke(with, "e", Optional.of("eva")), PeopleRefusal.TOKEN_UNKNOWN);
    assertThat(after(with, PeopleRules.revoke(with, "e", Optional.of("leo"))).tokens()).isEmpty();
  }

  @Test
  void a_grant_is_read_as_it_is_written() {
    assertThat(Grant.parse("operator", "sala5, sala6"))
        .map(Grant::roomsText)
        .contains("sala5,sala6");
    assertThat(Grant.parse("operate", "*")).contains(new Grant(Level.OPERATOR, Optional.empty()));
    assertThat(Grant.parse("operator", "")).isEmpty();
    assertThat(Grant.parse("boss", "*")).isEmpty();
    assertThat(Grant.parse("admin", "sala5")).contains(Grant.ADMINISTRATOR);
  }

  @Test
  void what_two_grants_have_in_common_is_never_more_than_either() {
    Grant everywhere = new Grant(Level.OPERATOR, Optional.empty());
    Grant sala6 = new Grant(Level.OPERATOR, Optional.of(Set.of("sala6")));
    assertThat(Grant.ADMINISTRATOR.within(SALA5)).isEqualTo(SALA5);
    assertThat(SALA5.within(Grant.ADMINISTRATOR)).isEqualTo(SALA5);
    assertThat(everywhere.within(SALA5)).isEqualTo(SALA5);
    assertThat(SALA5.within(Grant.VIEWER)).isEqualTo(Grant.VIEWER);
    Grant none = SALA5.within(sala6);
    assertThat(none.operatesIn(Optional.of("sala5"))).isFalse();
    assertThat(none.operatesIn(Optional.of("sala6"))).isFalse();
    assertThat(none.operatesEverywhere()).isFalse();
  }

  @Test
  void who_did_it_is_one_text_and_two_again() {
    Who who = new Who("token:x@y (ana)", "fe80::1");
    assertThat(Who.parse(who.text())).isEqualTo(who);
    assertThat(Who.parse("ana")).isEqualTo(new Who("ana", "-"));
  }
}
