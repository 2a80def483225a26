package io.arranque.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of one attempt to load a site.
 *
 * @param site present when there is no error; warnings do not keep it away
 * @param draft what could be read, also when there are errors: for looking for more of them, never
 *     for serving
 * @param problems errors and warnings
 */
public record Loaded(Optional<Site> site, Optional<Site> draft, Problems problems) {

  /** The same with further problems; an error among them takes the site away. */
  public Loaded with(List<Problem> more) {
    List<Problem> all = new ArrayList<>(problems.all());
    all.addAll(more);
    Problems both = new Problems(all);
    return new Loaded(both.hasErrors() ? Optional.empty() : site, draft, both);
  }
}
