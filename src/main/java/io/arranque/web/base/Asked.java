package io.arranque.web.base;

import io.arranque.address.Mac;
import io.arranque.dhcp.Question;
import io.javalin.http.Context;
import java.util.Optional;

/** What a request asks about, by its path and its query. */
public final class Asked {
  private Asked() {}

  /** A machine by the path, in any notation of a MAC. */
  public static Mac mac(Context ctx) {
    String text = ctx.pathParam("mac");
    return Mac.parse(text).orElseThrow(() -> new Fault(400, "not a MAC: " + brief(text)));
  }

  /**
   * {@code ?arch=} by number or by the word for the firmware, {@code ?ipxe=true}, {@code
   * ?vendor-class=} and what else {@link Question#parse} takes.
   */
  public static Question question(Context ctx) {
    try {
      return Question.parse(mac(ctx), name -> Optional.ofNullable(ctx.queryParam(name)));
    } catch (IllegalArgumentException e) {
      throw new Fault(422, String.valueOf(e.getMessage()));
    }
  }

  private static String brief(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
