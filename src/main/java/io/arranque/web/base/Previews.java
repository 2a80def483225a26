package io.arranque.web.base;

import io.arranque.plan.Impact;
import io.arranque.plan.LastGoods;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the page knows of changes.
 *
 * @param lastGoods what machines were given when they last came up
 * @param reloads what reloads of the site meant, newest first
 * @param edits where the former texts of saved files are kept; empty: nothing can be taken back
 */
public record Previews(LastGoods lastGoods, Supplier<List<Reload>> reloads, Optional<Path> edits) {
  /** One in which no save can be taken back. */
  public Previews(LastGoods lastGoods, Supplier<List<Reload>> reloads) {
    this(lastGoods, reloads, Optional.empty());
  }

  public static final Previews NONE = new Previews(LastGoods.NONE, List::of);

  /** A reload of the site that came into force. */
  public record Reload(Instant at, Impact impact) {}
}
