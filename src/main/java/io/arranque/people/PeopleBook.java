package io.arranque.people;

import io.arranque.inventory.StoreFailure;
import io.arranque.people.PeopleRules.Decision;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Port: users, tokens and sessions, and the one way to change them. Thread-safe. */
public interface PeopleBook {
  /** Everybody as of now; never waits for a database. */
  People view();

  /**
   * Decides on the present people with nobody else deciding meanwhile; commits what was decided and
   * its line of the audit in one transaction.
   *
   * @return what was decided
   * @throws StoreFailure when it could not be written; nothing has changed then
   */
  Decision commit(Who who, Function<People, Decision> decide) throws StoreFailure;

  /** The user has logged in, for the list. Lost with a power cut, if at all. */
  void loggedIn(String name, Instant at) throws StoreFailure;

  /** The token was used, for the list. Written once a minute at most. */
  void used(AccessToken token, Instant at, String address) throws StoreFailure;

  /** The sessions that were open when the appliance ended. */
  List<LoginSession> sessions() throws StoreFailure;

  /** Opened, or used again. */
  void keep(LoginSession session) throws StoreFailure;

  /** On the disk when this returns: an ended session does not come back. */
  void end(Collection<String> ids) throws StoreFailure;
}
