package io.arranque.web;

import io.arranque.plan.Impact;
import io.arranque.plan.LastGoods;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the page knows of changes.
 *
 * @param lastGoods what machines were given when they last came up
 * @param reloads what reloads of the site meant, newest first
 */
public record Previews(LastGoods lastGoods, Supplier<List<Reload>> reloads) {
  public static final Previews NONE = new Previews(LastGoods.NONE, List::of);

  /** A reload of the site that came into force. */
  public record Reload(Instant at, Impact impact) {}
}
