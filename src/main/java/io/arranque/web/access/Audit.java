package io.arranque.web.access;

import io.arranque.address.Mac;
import io.arranque.inventory.StoreFailure;
import io.arranque.people.AuditEntry;
import io.arranque.people.AuditLog;
import io.arranque.people.Who;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.router.Endpoint;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who did what. What changes the inventory or people has its line in the transaction of
 * the change; here are the others: each request that was to change something and has no such line,
 * refused ones too, and acts that are announced by {@link #record}. Neither queries nor bodies are
 * written, for secrets may stand there.
 */
public final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
  private static final String ROUTE = "audit.route";
  private static final String ROOM = "audit.room";
  private static final String WRITTEN = "audit.written";

  /** They post a text only because it is long: what would be if. The editor asks at each pause. */
  private static final Set<String> QUESTIONS =
      Set.of(
          "POST /files/check",
          "POST /files/affected",
          "POST /files/compare",
          "POST /changes",
          "POST /api/v1/files/check",
          "POST /api/v1/preview");

  private final AuditLog log;
  private final InstantSource clock;

  public Audit(AuditLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * Writes an act down, on the disk when this returns: call it before what must not happen unseen,
   * such as telling a secret. The machine or room is the one that the path names.
   *
   * @param what in a few words, e.g. {@code secret shown}
   * @param detail e.g. the variable's name; never its value
   * @throws StoreFailure when it cannot be written; let it go out, as status 503
   */
  public void record(Context ctx, String what, String detail) throws StoreFailure {
    log.record(entry(ctx, what, detail, AuditEntry.DONE));
    written(ctx);
  }

  /** Something that nobody must be kept from because the disk is full, such as a failed login. */
  public void tell(Who who, String what, String detail, String result) {
    write(
        new AuditEntry(
            clock.instant(), who, what, Optional.empty(), Optional.empty(), detail, result));
  }

  /** The request has its line already. */
  public static void written(Context ctx) {
    ctx.attribute(WRITTEN, true);
  }

  /** What the request is about, taken before it is handled: a forgotten machine stands nowhere. */
  static void note(Context ctx, String route, Optional<String> room) {
    ctx.attribute(ROUTE, route);
    ctx.attribute(ROOM, room);
  }

  /** After each request. A live stream ends when its request is long gone and must not be asked. */
  public void after(Context ctx) {
    Endpoint matched = ctx.endpoints().matchedHttpEndpoint();
    if (matched == null || Guard.SAFE_METHODS.contains(matched.method.name())) {
      return;
    }
    String route = ctx.attribute(ROUTE);
    if (route == null || ctx.attribute(WRITTEN) != null) {
      return;
    }
    int status = ctx.status().getCode();
    if (status < 400 && QUESTIONS.contains(route)) {
      return;
    }
    String result =
        status < 400 ? AuditEntry.DONE : status + " " + HttpStatus.forStatus(status).getMessage();
    write(entry(ctx, route, named(ctx), result));
  }

  private AuditEntry entry(Context ctx, String what, String detail, String result) {
    Optional<String> room = ctx.attribute(ROOM);
    return new AuditEntry(
        clock.instant(),
        Guard.caller(ctx).who(),
        what,
        Optional.ofNullable(ctx.pathParamMap().get("mac")).flatMap(Mac::parse),
        room == null ? Optional.empty() : room,
        detail,
        result);
  }

  private static String named(Context ctx) {
    return ctx.pathParamMap().entrySet().stream()
        .filter(param -> !param.getKey().equals("mac"))
        .sorted(Map.Entry.comparingByKey())
        .map(param -> param.getKey() + " " + param.getValue())
        .collect(Collectors.joining(", "));
  }

  private void write(AuditEntry entry) {
    try {
      log.record(entry);
    } catch (StoreFailure e) {
      LOG.error(
          "not in the audit: {} {} {}: {}",
          entry.who(),
          entry.what(),
          entry.result(),
          e.getMessage());
    }
  }
}
