package io.arranque.web.page;

import io.arranque.people.Grant;
import io.arranque.web.access.Caller;
import java.util.List;

/**
 * Who looks at a page.
 *
 * @param may {@code view}, {@code operate} or {@code administer}: which forms the page shows
 * @param rooms where an operator may change things
 */
public record MeView(String name, boolean hasAccount, String may, String role, List<String> rooms) {
  static final MeView NOBODY = new MeView("", false, "view", "", List.of());

  public static MeView of(Caller caller, boolean here) {
    String may =
        switch (caller.grant().level()) {
          case VIEWER -> "view";
          case OPERATOR -> here ? "operate" : "view";
          case ADMINISTRATOR -> "administer";
        };
    return new MeView(
        caller.who().name(),
        caller.user().isPresent(),
        may,
        caller.grant().level().word(),
        rooms(caller.grant()));
  }

  /** Where an operator may change things; {@code *} alone for all rooms. */
  public static List<String> rooms(Grant grant) {
    return switch (grant.level()) {
      case OPERATOR -> List.of(grant.roomsText().split(",", -1));
      case VIEWER, ADMINISTRATOR -> List.of();
    };
  }
}
