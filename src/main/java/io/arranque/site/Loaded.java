package io.arranque.site;

import java.util.Optional;

/**
 * The outcome of one attempt to load a site.
 *
 * @param site present when there is no error; warnings do not keep it away
 * @param problems errors and warnings
 */
public record Loaded(Optional<Site> site, Problems problems) {}
