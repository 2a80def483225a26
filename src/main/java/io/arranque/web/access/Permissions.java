package io.arranque.web.access;

import static io.arranque.web.access.Permissions.Need.ADMINISTER;
import static io.arranque.web.access.Permissions.Need.OPEN;
import static io.arranque.web.access.Permissions.Need.OPERATE_CHANGED;
import static io.arranque.web.access.Permissions.Need.OPERATE_EVERYWHERE;
import static io.arranque.web.access.Permissions.Need.OPERATE_MACHINE;
import static io.arranque.web.access.Permissions.Need.OPERATE_ROOM;
import static io.arranque.web.access.Permissions.Need.SELF;
import static io.arranque.web.access.Permissions.Need.VIEW;

import io.arranque.people.Grant;
import io.arranque.people.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each route asks of whoever sends the request: the one place that says so. Pure. A route that
 * is not in the table is for administrators; a test finds it.
 */
public final class Permissions {
  /** What is needed. */
  public enum Need {
    /** Nothing: not even to be logged in. */
    OPEN,
    /** To be somebody; what is another's is kept away by the handler. */
    SELF,
    /** To look at things. */
    VIEW,
    /**
     * To operate in the room of the machine that the path names. What the request changes is
     * checked as well, for it may move the machine.
     */
    OPERATE_MACHINE,
    /** To operate in the room that the path names. */
    OPERATE_ROOM,
    /** To operate somewhere; each machine and room that changes is checked by {@link Reach}. */
    OPERATE_CHANGED,
    /** To operate in all rooms: what it changes concerns all. */
    OPERATE_EVERYWHERE,
    ADMINISTER
  }

  private static final String API = "/api/v1";
  private static final Map<String, Need> TABLE = table();

  private Permissions() {}

  private static Map<String, Need> table() {
    Map<String, Need> table = new HashMap<>();
    put(table, OPEN, "GET /login", "POST /login", "GET /language/{language}", "GET /static/{name}");
    put(table, OPEN, "GET /healthz", "GET /readyz", "GET /openapi.json");
    put(table, SELF, "POST /logout", "GET /account", "POST /account/password");
    put(table, SELF, "POST /account/tokens", "POST /account/tokens/{id}/revoke");
    put(table, SELF, "GET /account/tokens", "POST /account/sessions/{id}/end");
    put(table, SELF, "GET " + API + "/me", "POST " + API + "/me/password");
    put(table, SELF, "GET " + API + "/tokens", "POST " + API + "/tokens");
    put(table, SELF, "DELETE " + API + "/tokens/{id}");
    put(table, SELF, "GET " + API + "/sessions", "DELETE " + API + "/sessions/{id}");

    put(
        table,
        VIEW,
        "GET /",
        "GET /machines",
        "GET /roles",
        "GET /network",
        "GET /live",
        "GET /metrics");
    put(table, VIEW, "GET /machines/{mac}", "GET /machines/{mac}/status");
    put(table, VIEW, "GET /machines/{mac}/vars", "GET /machines/{mac}/plan");
    put(table, VIEW, "GET /machines/{mac}/reply", "GET /machines/{mac}/edition");
    put(table, VIEW, "GET /downloads", "GET /downloads/live");
    put(table, VIEW, "GET /images", "GET /images/list");
    put(table, VIEW, "GET " + API + "/machines", "GET " + API + "/machines/{mac}");
    for (String part : new String[] {"timeline", "plan", "reply", "capture.pcap"}) {
      put(table, VIEW, "GET " + API + "/machines/{mac}/" + part);
    }
    for (String list :
        new String[] {
          "capture.pcap",
          "rooms",
          "roles",
          "leases",
          "reservations",
          "subnets",
          "conflicts",
          "downloads",
          "events",
          "images",
          "images/{name}",
          "catalogue"
        }) {
      put(table, VIEW, "GET " + API + "/" + list);
    }

    put(table, VIEW, "GET /machines/{mac}/preview", "GET /preview", "GET /changes");
    put(table, VIEW, "GET " + API + "/machines/{mac}/diff", "GET " + API + "/reloads");
    put(table, VIEW, "GET " + API + "/alarms", "GET " + API + "/pending");
    put(table, VIEW, "GET " + API + "/export");

    // What they try out are the site's files, which are everybody's.
    put(table, OPERATE_EVERYWHERE, "POST /changes", "POST " + API + "/preview");
    put(table, OPERATE_CHANGED, "GET /import", "POST /import", "POST " + API + "/import");
    put(table, OPERATE_CHANGED, "POST /machines/arm", "POST " + API + "/machines/arm");
    for (String act : new String[] {"arm", "disarm", "pair", "clear-alarm", "macs"}) {
      put(table, OPERATE_MACHINE, "POST /machines/{mac}/" + act);
      put(table, OPERATE_MACHINE, "POST " + API + "/machines/{mac}/" + act);
    }
    put(table, OPERATE_MACHINE, "POST /machines/{mac}/macs/{other}/split");
    put(table, OPERATE_MACHINE, "POST /machines/{mac}/macs/{other}/refuse");
    put(table, OPERATE_MACHINE, "DELETE " + API + "/machines/{mac}/macs/{other}");
    put(table, OPERATE_MACHINE, "POST " + API + "/machines/{mac}/macs/{other}/refuse");
    put(table, ADMINISTER, "POST /machines/{mac}/reveal");
    put(table, ADMINISTER, "POST " + API + "/machines/{mac}/vars/{name}/reveal");

    put(table, OPERATE_CHANGED, "POST /machines", "POST /machines/assign");
    put(table, OPERATE_CHANGED, "POST " + API + "/machines/assign");
    put(table, OPERATE_MACHINE, "POST /machines/{mac}", "POST /machines/{mac}/forget");
    put(table, OPERATE_MACHINE, "POST /machines/{mac}/reserve");
    put(table, OPERATE_MACHINE, "POST /machines/{mac}/install-again");
    put(table, OPERATE_MACHINE, "POST " + API + "/machines/{mac}/install-again");
    put(table, OPERATE_MACHINE, "PUT " + API + "/machines/{mac}");
    put(table, OPERATE_MACHINE, "PATCH " + API + "/machines/{mac}");
    put(table, OPERATE_MACHINE, "DELETE " + API + "/machines/{mac}");
    put(table, OPERATE_ROOM, "POST /rooms/{name}/options");
    put(table, OPERATE_ROOM, "PUT " + API + "/rooms/{name}", "DELETE " + API + "/rooms/{name}");
    put(table, OPERATE_EVERYWHERE, "POST /images", "POST /images/{name}/rollback");
    put(table, OPERATE_EVERYWHERE, "POST /images/{name}/cancel");
    put(table, OPERATE_EVERYWHERE, "POST " + API + "/images/{name}");
    put(table, OPERATE_EVERYWHERE, "DELETE " + API + "/images/{name}");
    put(table, OPERATE_EVERYWHERE, "DELETE " + API + "/images/{name}/job");
    put(table, OPERATE_EVERYWHERE, "POST " + API + "/images/{name}/rollback");
    put(table, OPERATE_EVERYWHERE, "POST " + API + "/images/{name}/verify");

    // room
    put(table, VIEW, "GET /site/live", "GET /rooms/{name}", "GET /rooms/{name}/live");
    put(
        table,
        VIEW,
        "GET /rooms/{name}/rows",
        "GET /rooms/{name}/now",
        "GET /machines/{mac}/panel");
    put(table, VIEW, "GET " + API + "/rooms/{name}", "GET " + API + "/rooms/{name}/tiles");
    put(table, VIEW, "GET " + API + "/rooms/{name}/layout");
    put(table, OPERATE_CHANGED, "POST /rooms");
    put(table, OPERATE_ROOM, "POST /rooms/{name}", "POST /rooms/{name}/remove");
    put(table, ADMINISTER, "POST /rooms/{name}/rename", "POST " + API + "/rooms/{name}/rename");
    put(table, OPERATE_ROOM, "POST /rooms/{name}/layout");
    put(table, OPERATE_ROOM, "PUT " + API + "/rooms/{name}/layout");

    // task
    put(table, VIEW, "GET /tasks", "GET /tasks/strip", "GET /tasks/list", "GET /tasks/live");
    put(table, VIEW, "GET /tasks/{id}", "GET " + API + "/tasks", "GET " + API + "/tasks/{id}");
    put(table, OPERATE_CHANGED, "POST /tasks", "POST /tasks/form", "POST /tasks/review");
    put(table, OPERATE_CHANGED, "POST /tasks/{id}/stop", "POST /tasks/{id}/undo");
    put(table, OPERATE_CHANGED, "POST " + API + "/tasks", "POST " + API + "/tasks/{id}/stop");
    put(table, OPERATE_CHANGED, "POST " + API + "/tasks/{id}/undo");
    put(table, OPERATE_MACHINE, "POST " + API + "/machines/{mac}/wake");

    // walk and search
    put(table, VIEW, "GET /search", "GET /search/suggest", "GET " + API + "/search");
    for (String part : new String[] {"", "/now", "/live"}) {
      put(table, VIEW, "GET /rooms/{name}/walk" + part);
    }
    put(table, VIEW, "GET " + API + "/rooms/{name}/walk");
    put(table, OPERATE_ROOM, "POST /rooms/{name}/walk", "POST /rooms/{name}/walk/end");
    put(table, OPERATE_ROOM, "POST " + API + "/rooms/{name}/walk");
    put(table, OPERATE_ROOM, "DELETE " + API + "/rooms/{name}/walk");
    for (String act : new String[] {"skip", "back", "pause", "resume", "answer", "place", "next"}) {
      put(table, OPERATE_ROOM, "POST /rooms/{name}/walk/" + act);
      put(table, OPERATE_ROOM, "POST " + API + "/rooms/{name}/walk/" + act);
    }

    // boots and diagnosis
    put(table, VIEW, "GET /machines/{mac}/events", "GET /machines/{mac}/difference");
    put(table, VIEW, "GET " + API + "/machines/{mac}/diagnosis");
    put(table, VIEW, "GET " + API + "/machines/{mac}/boots");

    // editor
    put(table, VIEW, "GET /roles/live", "GET /roles/{name}", "GET " + API + "/roles/{name}");
    // Of files only administrators have, FileAccess knows.
    for (String page : new String[] {"", "/edit", "/state", "/machines", "/live"}) {
      put(table, OPERATE_EVERYWHERE, "GET /files" + page);
    }
    for (String act : new String[] {"check", "affected", "save", "undo", "delete", "compare"}) {
      put(table, OPERATE_EVERYWHERE, "POST /files/" + act);
    }
    put(table, OPERATE_EVERYWHERE, "POST /roles", "POST /roles/{name}/values");
    put(table, OPERATE_EVERYWHERE, "POST /roles/{name}/remove");
    put(table, OPERATE_EVERYWHERE, "GET " + API + "/files", "POST " + API + "/files/check");
    for (String method : new String[] {"GET ", "PUT ", "DELETE "}) {
      put(table, OPERATE_EVERYWHERE, method + API + "/files/<path>");
    }

    // network
    put(table, VIEW, "GET /network/{segment}", "GET /network/{segment}/{address}");
    put(table, VIEW, "GET /leases", "GET /live/network", "GET " + API + "/set-aside");
    put(table, VIEW, "GET " + API + "/subnets/{name}", "GET " + API + "/subnets/{name}/addresses");
    put(table, VIEW, "GET " + API + "/subnets/{name}/addresses/{address}");
    // Whose room it is shows the lease; see LeaseChanges.
    put(table, OPERATE_CHANGED, "POST /leases/{address}/release", "POST /set-aside/{address}/use");
    put(table, OPERATE_CHANGED, "DELETE " + API + "/leases/{address}");
    put(table, OPERATE_CHANGED, "DELETE " + API + "/set-aside/{address}");

    // schedule
    put(table, VIEW, "GET /schedule", "GET /schedule/now", "GET /schedule/live", "GET /locks");
    put(table, VIEW, "GET /rooms/{name}/lock", "GET " + API + "/rooms/{name}/lock");
    put(table, VIEW, "GET " + API + "/schedule", "GET " + API + "/schedule/next");
    put(table, VIEW, "GET " + API + "/schedule/lock");
    put(table, OPERATE_ROOM, "POST /rooms/{name}/lock", "POST /rooms/{name}/unlock");
    put(table, OPERATE_ROOM, "PUT " + API + "/rooms/{name}/lock");
    put(table, OPERATE_ROOM, "DELETE " + API + "/rooms/{name}/lock");
    put(table, OPERATE_CHANGED, "POST /schedule/lock", "POST /schedule/unlock");
    put(table, OPERATE_EVERYWHERE, "PUT " + API + "/schedule/lock");
    put(table, OPERATE_EVERYWHERE, "DELETE " + API + "/schedule/lock");
    put(table, OPERATE_CHANGED, "POST /schedule", "POST " + API + "/schedule");
    put(table, OPERATE_CHANGED, "POST /schedule/{id}", "POST /schedule/{id}/remove");
    put(table, OPERATE_CHANGED, "POST /schedule/{id}/active");
    put(table, OPERATE_CHANGED, "PUT " + API + "/schedule/{id}");
    put(table, OPERATE_CHANGED, "DELETE " + API + "/schedule/{id}");
    put(table, OPERATE_EVERYWHERE, "POST /schedule/settings", "PUT " + API + "/schedule");

    put(table, ADMINISTER, "GET /setup", "POST /setup", "GET /people", "POST /people");
    for (String act : new String[] {"role", "password", "active", "remove"}) {
      put(table, ADMINISTER, "POST /people/{name}/" + act);
    }
    put(table, ADMINISTER, "GET /people/list", "GET /audit", "GET " + API + "/audit");
    put(table, ADMINISTER, "GET " + API + "/users", "POST " + API + "/users");
    put(table, ADMINISTER, "GET " + API + "/users/{name}", "PATCH " + API + "/users/{name}");
    put(table, ADMINISTER, "DELETE " + API + "/users/{name}");
    return Map.copyOf(table);
  }

  private static void put(Map<String, Need> table, Need need, String... routes) {
    for (String route : routes) {
      table.put(route, need);
    }
  }

  /** What the table says of a route; empty where it says nothing. */
  public static Optional<Need> written(String method, String template) {
    return Optional.ofNullable(TABLE.get(method + " " + template));
  }

  /** Every route of the table. */
  public static Set<String> routes() {
    return TABLE.keySet();
  }

  public static Need need(String method, String template) {
    return written(method, template).orElse(ADMINISTER);
  }

  /**
   * Whether {@code grant} is enough.
   *
   * @param room the room that the path speaks of; empty: none, or a machine that stands in none
   * @param known whether the path names a machine that there is; of one that is new only the change
   *     tells where it will stand
   */
  public static boolean allows(Need need, Grant grant, Optional<String> room, boolean known) {
    return switch (need) {
      case OPEN, SELF, VIEW -> true;
      case OPERATE_MACHINE -> known ? grant.operatesIn(room) : grant.level() != Level.VIEWER;
      case OPERATE_ROOM -> grant.operatesIn(room);
      case OPERATE_CHANGED -> grant.level() != Level.VIEWER;
      case OPERATE_EVERYWHERE -> grant.operatesEverywhere();
      case ADMINISTER -> grant.isAdministrator();
    };
  }
}
