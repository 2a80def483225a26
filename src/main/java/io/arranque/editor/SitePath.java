package io.arranque.editor;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of the site that people may open and save. There are no others: nothing above the site, no
 * loader, no kernel, no hidden file.
 *
 * @param text relative to the site's folder, with {@code /}
 * @param role whose it is; empty when it is nobody's or of all
 */
public record SitePath(String text, Kind kind, Optional<String> role) {
  public static final String SETTINGS_FILE = "arranque.yaml";
  public static final String ROLES = "cloud-init";
  public static final String SHARED_FOLDER = ROLES + "/shared";
  public static final String ROLE_FILE = "role.yaml";

  private static final int LONGEST = 250;
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}";
  private static final Pattern NAMES = Pattern.compile(NAME);

  /** In an initrd names may hold more, e.g. {@code getty@tty1.service}. */
  private static final Pattern OVERLAY =
      Pattern.compile("overlay(/[A-Za-z0-9_@+][A-Za-z0-9_@+.:-]{0,127})+");

  /** What a file is for. */
  public enum Kind {
    SETTINGS(true),
    SEGMENT(true),
    SCRIPT(false),
    SHARED(false),
    ROLE(false),
    DOCUMENT(false),
    OVERLAY(false),
    NOTE(false);

    private final boolean forAdministrators;

    Kind(boolean forAdministrators) {
      this.forAdministrators = forAdministrators;
    }

    /** Whether it holds what concerns the network or the appliance itself. */
    public boolean isForAdministrators() {
      return forAdministrators;
    }
  }

  /** Empty when the text names no file that may be edited. */
  public static Optional<SitePath> parse(String text) {
    String[] parts = text.split("/", -1);
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    if (parts.length == 1) {
      return text.equals(SETTINGS_FILE) ? path(text, Kind.SETTINGS) : Optional.empty();
    }
    if (parts.length == 2) {
      return inFolder(text, parts[0], parts[1]);
    }
    return parts[0].equals(ROLES) && isName(parts[1])
        ? inRole(text, parts[1], text.substring(ROLES.length() + parts[1].length() + 2))
        : Optional.empty();
  }

  private static Optional<SitePath> inFolder(String text, String folder, String name) {
    if (!isName(name)) {
      return Optional.empty();
    }
    return switch (folder) {
      case "dhcp" ->
          name.endsWith(".yaml") || isNote(name) ? path(text, Kind.SEGMENT) : Optional.empty();
      case "ipxe-scripts" ->
          isNote(name)
              ? path(text, Kind.NOTE)
              : name.endsWith(".ipxe") ? path(text, Kind.SCRIPT) : Optional.empty();
      case ROLES -> isNote(name) ? path(text, Kind.NOTE) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<SitePath> inRole(String text, String role, String name) {
    if (text.startsWith(SHARED_FOLDER + "/")) {
      return isName(name) ? path(text, Kind.SHARED) : Optional.empty();
    }
    if (name.startsWith("overlay/")) {
      return OVERLAY.matcher(name).matches()
          ? Optional.of(new SitePath(text, Kind.OVERLAY, Optional.of(role)))
          : Optional.empty();
    }
    if (!isName(name) || name.equals("overlay")) {
      return Optional.empty();
    }
    Kind kind =
        name.equals(ROLE_FILE) ? Kind.ROLE : isNote(name) ? Kind.NOTE : Kind.DOCUMENT;
    return Optional.of(new SitePath(text, kind, Optional.of(role)));
  }

  /** Whether a role, a document or a script may be called so. */
  public static boolean isName(String name) {
    return NAMES.matcher(name).matches();
  }

  /** What the loader takes for notes of people and does not read. */
  private static boolean isNote(String name) {
    return name.startsWith("README");
  }

  private static Optional<SitePath> path(String text, Kind kind) {
    return Optional.of(new SitePath(text, kind, Optional.empty()));
  }

  /** Its name without folders. */
  public String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return text;
  }
}
