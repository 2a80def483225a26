package io.arranque.documents.rancheros;

import io.arranque.address.Mac;

/**
 * The machine that is told.
 *
 * @param address its address, or empty text while it has none
 * @param documentsUrl where its documents are, without trailing slash
 */
public record Subject(Mac mac, String hostname, String address, String documentsUrl) {}
