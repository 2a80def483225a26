package io.arranque.store;

import io.arranque.people.AccessToken;
import io.arranque.people.Grant;
import io.arranque.people.LoginSession;
import io.arranque.people.PasswordHash;
import io.arranque.people.People;
import io.arranque.people.PeopleChange;
import io.arranque.people.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Users, tokens and sessions as rows. */
final class PeopleRows {
  private PeopleRows() {}

  static People load(Handle handle) {
    TreeMap<String, User> users = new TreeMap<>();
    handle
        .createQuery("select * from person")
        .map((row, context) -> user(row))
        .forEach(user -> users.put(user.name(), user));
    TreeMap<String, AccessToken> tokens = new TreeMap<>();
    handle
        .createQuery("select * from access_token")
        .map((row, context) -> token(row))
        .forEach(token -> tokens.put(token.id(), token));
    return new People(users, tokens);
  }

  static void write(Handle handle, PeopleChange change) {
    if (change instanceof PeopleChange.UserSaved saved) {
      write(handle, saved.user());
    } else if (change instanceof PeopleChange.UserRemoved removed) {
      handle.execute("delete from person where name = ?", removed.name());
    } else if (change instanceof PeopleChange.TokenSaved saved) {
      write(handle, saved.token());
    } else if (change instanceof PeopleChange.TokenRemoved removed) {
      handle.execute("delete from access_token where id = ?", removed.id());
    } else {
      throw new AssertionError(change);
    }
  }

  static void write(Handle handle, User user) {
    handle.execute("delete from person where name = ?", user.name());
    handle.execute(
        """
        insert into person
          (name, grade, rooms, active, password, created_at, password_since, last_login)
        values (?, ?, ?, ?, ?, ?, ?, ?)""",
        user.name(),
        user.grant().level().word(),
        user.grant().roomsText(),
        user.active(),
        user.password().text(),
        Columns.micros(user.created()),
        Columns.micros(user.passwordSince()),
        Columns.nullableMicros(user.lastLogin()));
  }

  static void write(Handle handle, AccessToken token) {
    handle.execute("delete from access_token where id = ?", token.id());
    handle.execute(
        """
        insert into access_token
          (id, name, grade, rooms, owner, digest, created_at, expires_at, last_used, last_address)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        token.id(),
        Columns.clean(token.name()),
        token.grant().level().word(),
        token.grant().roomsText(),
        Columns.nullable(token.owner()),
        token.digest(),
        Columns.micros(token.created()),
        Columns.nullableMicros(token.expires()),
        Columns.nullableMicros(token.lastUsed()),
        Columns.nullable(token.lastAddress()));
  }

  static List<LoginSession> sessions(Handle handle) {
    return handle
        .createQuery("select * from login_session order by since")
        .map((row, context) -> session(row))
        .list();
  }

  static void write(Handle handle, LoginSession session) {
    handle.execute("delete from login_session where id = ?", session.id());
    handle.execute(
        """
        insert into login_session (id, person, opened_by, address, agent, since, used)
        values (?, ?, ?, ?, ?, ?, ?)""",
        session.id(),
        Columns.nullable(session.user()),
        session.by(),
        session.address(),
        Columns.clean(session.agent()),
        Columns.micros(session.since()),
        Columns.micros(session.used()));
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(
        row.getString("name"),
        grant(row),
        row.getBoolean("active"),
        new PasswordHash(row.getString("password")),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "password_since"),
        Columns.optionalInstant(row, "last_login"));
  }

  private static AccessToken token(ResultSet row) throws SQLException {
    return new AccessToken(
        row.getString("id"),
        row.getString("name"),
        grant(row),
        Columns.text(row, "owner"),
        row.getString("digest"),
        Columns.instant(row, "created_at"),
        Columns.optionalInstant(row, "expires_at"),
        Columns.optionalInstant(row, "last_used"),
        Columns.text(row, "last_address"));
  }

  /** A row that a hand has damaged gives the least there is. */
  private static Grant grant(ResultSet row) throws SQLException {
    return Grant.parse(row.getString("grade"), row.getString("rooms")).orElse(Grant.VIEWER);
  }

  private static LoginSession session(ResultSet row) throws SQLException {
    return new LoginSession(
        row.getString("id"),
        Columns.text(row, "person"),
        row.getString("opened_by"),
        row.getString("address"),
        row.getString("agent"),
        Columns.instant(row, "since"),
        Columns.instant(row, "used"));
  }
}
