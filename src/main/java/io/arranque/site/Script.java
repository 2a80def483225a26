package io.arranque.site;

/**
 * A template: an iPXE script or a document of a role.
 *
 * @param name its name, as roles refer to it or as it is served
 * @param file where it stands, relative to the site's folder, for messages
 * @param text the template itself
 */
public record Script(String name, String file, String text) {}
