package io.arranque.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.arranque.editor.FileFailure;
import io.arranque.images.ImageFailure;
import io.arranque.inventory.Refusal;
import io.arranque.inventory.StoreFailure;
import io.arranque.web.base.Fault;
import io.arranque.web.base.FieldError;
import io.arranque.web.base.Refused;
import io.arranque.web.files.FileViews;
import io.arranque.web.files.NotSaved;
import io.arranque.web.machines.NotImported;
import io.arranque.web.machines.Overtaken;
import io.arranque.web.people.PeopleRefused;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error for a program (RFC 9457).
 *
 * @param type always {@code about:blank}: the status says it all
 * @param title the status in words
 * @param status HTTP's
 * @param detail what is wrong with this request
 * @param advice what to do; may be empty
 * @param errors which fields are wrong
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(
    String type, String title, int status, String detail, String advice, List<FieldError> errors) {

  /** The one place that turns a failure into a status. */
  static Problem of(Exception failure) {
    if (failure instanceof Fault fault) {
      return of(fault.status(), fault.getMessage(), "");
    }
    if (failure instanceof Refused refused) {
      return of(refused);
    }
    if (failure instanceof PeopleRefused refused) {
      String field = refused.refusal().field();
      String rule = refused.refusal().name();
      String message = refused.refusal().sentence();
      return new Problem(
          "about:blank",
          title(refused.status()),
          refused.status(),
          message,
          "",
          List.of(new FieldError(field, rule, message)));
    }
    if (failure instanceof NotImported no) {
      return new Problem(
          "about:blank", title(no.status()), no.status(), no.getMessage(), "", no.errors());
    }
    if (failure instanceof FileFailure file) {
      return of(FileViews.status(file.kind()), file.getMessage(), "");
    }
    if (failure instanceof NotSaved no) {
      List<FieldError> errors = no.problems().stream().map(FileViews::fieldError).toList();
      return new Problem(
          "about:blank",
          title(no.status()),
          no.status(),
          String.valueOf(no.getMessage()),
          "",
          errors);
    }
    if (failure instanceof ImageFailure image) {
      return of(status(image.kind()), image.getMessage(), "");
    }
    if (failure instanceof Overtaken) {
      return of(412, failure.getMessage(), "");
    }
    if (failure instanceof StoreFailure) {
      return of(
          503,
          "The change could not be written; nothing has changed.",
          "Look at free space and permissions of the state folder, then try again.");
    }
    if (isTooLarge(failure)) {
      return of(413, "The form is too large.", "");
    }
    if (failure instanceof HttpResponseException http) {
      return of(http.getStatus(), http.getMessage(), "");
    }
    return of(500, "A bug of this program.", "Report it with the lines from the log, please.");
  }

  /** Jetty tells so by words alone when it takes a form apart. */
  private static boolean isTooLarge(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (t instanceof IllegalStateException && message.contains("max length")) {
        return true;
      }
    }
    return false;
  }

  private static Problem of(Refused refused) {
    Refusal first = refused.refusals().get(0);
    List<FieldError> errors =
        refused.refusals().stream()
            .map(r -> new FieldError(r.field(), r.kind().name(), r.message()))
            .toList();
    int status = status(first.kind());
    return new Problem("about:blank", title(status), status, first.message(), "", errors);
  }

  private static Problem of(int status, @Nullable String detail, String advice) {
    return new Problem(
        "about:blank", title(status), status, detail == null ? "" : detail, advice, List.of());
  }

  static int status(ImageFailure.Kind kind) {
    return switch (kind) {
      case UNKNOWN -> 404;
      case BUSY, CANCELLED -> 409;
      case WRONG -> 422;
      case BROKEN, UPSTREAM -> 502;
      case DISK -> 507;
    };
  }

  static int status(Refusal.Kind kind) {
    return switch (kind) {
      case MACHINE_UNKNOWN, MAC_NOT_FURTHER, ROOM_UNKNOWN, NOT_LOCKED, ENTRY_UNKNOWN -> 404;
      case NOTHING_INSTALLED,
          MAC_TAKEN,
          MAC_ENTERED,
          HOSTNAME_TAKEN,
          ROOM_IN_USE,
          ROOM_TAKEN,
          SEAT_TAKEN,
          LAYOUT_CHANGED,
          RESERVATION_TAKEN,
          RESERVATION_LEASED,
          CHANGED_SINCE,
          MACHINE_QUARANTINED,
          NO_ALARM,
          NO_CODE,
          ROOM_LOCKED ->
          409;
      case MAC_IS_GROUP,
          HOSTNAME_MALFORMED,
          ROLE_UNKNOWN,
          ROOM_MALFORMED,
          SEAT_MALFORMED,
          SEAT_TWICE,
          SEAT_OUTSIDE,
          SEATS_OVERLAP,
          SEATS_TOO_MANY,
          SEAT_UNKNOWN,
          TEXT_TOO_LONG,
          TEXT_UNPRINTABLE,
          VARIABLE_MALFORMED,
          VARIABLE_INVALID,
          VALUE_REFUSED,
          OPTION_INVALID,
          POLICY_UNKNOWN,
          CODE_WRONG,
          RESERVATION_MALFORMED,
          RESERVATION_OUTSIDE,
          LOCK_END_MALFORMED,
          ENTRY_ACTION_UNKNOWN,
          ENTRY_TIME_MALFORMED,
          ENTRY_DAYS_MISSING,
          ENTRY_DATE_MALFORMED,
          ENTRY_NEVER_DUE,
          ENTRY_TOO_MANY,
          ZONE_UNKNOWN,
          HOLIDAY_MALFORMED,
          RESERVATION_NOT_A_MACHINES ->
          422;
    };
  }

  private static String title(int status) {
    return HttpStatus.forStatus(status).getMessage();
  }
}
