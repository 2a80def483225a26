package io.arranque.web.people;

import io.arranque.people.AccessToken;
import io.arranque.people.AuditEntry;
import io.arranque.people.AuditLog;
import io.arranque.people.LoginSession;
import io.arranque.people.User;
import io.arranque.web.page.MeView;
import io.arranque.web.page.Messages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** People as page and API show them: no password, no token, no cookie is in them. */
final class PeopleViews {
  /** Of a session's 64 signs: enough to name it, and a part of a hash at that. */
  private static final int SESSION_ID = 16;

  private PeopleViews() {}

  /**
   * @param rooms of an operator; {@code *} alone for all
   */
  record UserView(
      String name,
      String role,
      List<String> rooms,
      boolean active,
      String created,
      String passwordSince,
      String lastLogin) {}

  record TokenView(
      String id,
      String name,
      String scope,
      List<String> rooms,
      String owner,
      String created,
      String expires,
      boolean expired,
      String lastUsed,
      String lastAddress) {}

  record SessionView(
      String id,
      String who,
      String address,
      String browser,
      String since,
      String used,
      boolean current) {}

  record AuditView(
      long id,
      String at,
      String who,
      String address,
      String what,
      String machine,
      String machineId,
      String room,
      String detail,
      String result,
      boolean done) {}

  static UserView user(User user) {
    return new UserView(
        user.name(),
        user.grant().level().word(),
        MeView.rooms(user.grant()),
        user.active(),
        user.created().toString(),
        user.passwordSince().toString(),
        text(user.lastLogin()));
  }

  static TokenView token(AccessToken token, Instant now) {
    return new TokenView(
        token.id(),
        token.name(),
        token.grant().level().scope(),
        MeView.rooms(token.grant()),
        token.owner().orElse(""),
        token.created().toString(),
        text(token.expires()),
        token.isExpired(now),
        text(token.lastUsed()),
        token.lastAddress().orElse(""));
  }

  static String id(LoginSession session) {
    return session.id().substring(0, SESSION_ID);
  }

  static SessionView session(LoginSession session, Optional<String> current) {
    return new SessionView(
        id(session),
        session.by(),
        session.address(),
        session.agent(),
        session.since().toString(),
        session.used().toString(),
        current.filter(session.id()::equals).isPresent());
  }

  static AuditView line(AuditLog.Line line, Messages messages) {
    AuditEntry entry = line.entry();
    return new AuditView(
        line.id(),
        entry.at().toString(),
        entry.who().name(),
        entry.who().address(),
        messages.orText("act." + entry.what().replace(' ', '-'), entry.what()),
        entry.machine().map(Object::toString).orElse(""),
        entry.machine().map(mac -> mac.hyphenated()).orElse(""),
        entry.room().orElse(""),
        entry.detail(),
        entry.result(),
        entry.result().equals(AuditEntry.DONE));
  }

  private static String text(Optional<Instant> time) {
    return time.map(Instant::toString).orElse("");
  }
}
