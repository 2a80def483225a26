package io.arranque.site;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The types that a role's values can have. */
public enum VarType {
  STRING("string", "text"),
  SECRET("secret", "text, never shown"),
  INTEGER("integer", "a whole number"),
  BOOLEAN("boolean", "true or false"),
  URL("url", "an http:// or https:// URL"),
  DEVICE("device", "a device path such as /dev/sda, or LABEL=… or UUID=…");

  private static final Pattern DEVICE_NAME =
      Pattern.compile("/dev/[A-Za-z0-9][A-Za-z0-9/_.:-]*|(LABEL|UUID|PARTLABEL|PARTUUID)=[\\w-]+");

  private final String label;
  private final String wanted;

  VarType(String label, String wanted) {
    this.label = label;
    this.wanted = wanted;
  }

  /** The word in {@code role.yaml}. */
  public String label() {
    return label;
  }

  /** What is accepted, for messages. */
  public String wanted() {
    return wanted;
  }

  public static Optional<VarType> named(String label) {
    for (VarType type : values()) {
      if (type.label.equals(label)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The value as this type, or empty when it is none. Text is accepted for every type. */
  public Optional<Object> accept(Object value) {
    String text = String.valueOf(value);
    return switch (this) {
      case STRING, SECRET -> Optional.of(text);
      case INTEGER -> text.matches("-?[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : none();
      case BOOLEAN -> text.matches("true|false") ? Optional.of(Boolean.valueOf(text)) : none();
      case URL -> isWebUrl(text) ? Optional.of(text) : none();
      case DEVICE -> DEVICE_NAME.matcher(text).matches() ? Optional.of(text) : none();
    };
  }

  private static Optional<Object> none() {
    return Optional.empty();
  }

  private static boolean isWebUrl(String text) {
    try {
      URI uri = new URI(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
