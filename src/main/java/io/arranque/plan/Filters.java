package io.arranque.plan;

import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The filters of templates: each makes a value safe for one language, or lays it out. */
final class Filters {
  private Filters() {}

  static Map<String, Filter> all() {
    return Map.of(
        "yaml", filter((text, args) -> yaml(text)),
        // A double-quoted YAML scalar as we write it is a JSON string too.
        "json", filter((text, args) -> yaml(text)),
        "label", filter((text, args) -> label(text)),
        "hmac",
            filter((text, args) -> hmac(text, String.valueOf(args.getOrDefault("key", ""))), "key"),
        "shell", filter((text, args) -> shell(text)),
        "urlencode", filter((text, args) -> urlencode(text)),
        "base64", filter((text, args) -> base64(text)),
        "mask", filter((text, args) -> Planned.MASK),
        "indent", filter((text, args) -> indent(text, count(args)), "spaces"));
  }

  /**
   * A double-quoted YAML scalar. Always quoted: of {@code no}, {@code 0123}, {@code 1e3} and {@code
   * a: b} each is something else than text to some parser.
   */
  static String yaml(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (isUnsafeInYaml(c)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** What YAML 1.1 or 1.2 forbids as it is (§5.1) or takes for the end of a line (§5.4). */
  private static boolean isUnsafeInYaml(char c) {
    return c < ' '
        || (c >= 0x7f && c <= 0x9f)
        || c == '\u2028'
        || c == '\u2029'
        || c == '\ufeff'
        || c >= '\ufffe';
  }

  /** One word of a POSIX shell, in single quotes. */
  static String shell(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /**
   * The value of a Kubernetes label: at most 63 letters, digits, {@code -}, {@code _} and {@code
   * .}, the first and last a letter or digit; other characters become one {@code -}.
   */
  static String label(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
    return plain.substring(0, Math.min(63, plain.length())).replaceAll("[^A-Za-z0-9]+$", "");
  }

  /**
   * HMAC-SHA-256 as 32 hex digits, half of it: a secret for each machine out of one for all, the
   * same at each boot.
   */
  static String hmac(String text, String key) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("hmac wants a key that is not empty");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] whole = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(whole, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each JVM has HmacSHA256", e);
    }
  }

  /** Percent-encoded; a space is {@code %20}, because iPXE does not know {@code +}. */
  static String urlencode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Every line but the first moved to the right, so that a block stays a block. */
  static String indent(String text, int spaces) {
    return text.replace("\n", "\n" + " ".repeat(spaces));
  }

  private static int count(Map<String, Object> arguments) {
    Object spaces = arguments.get("spaces");
    if (spaces instanceof Number n && n.intValue() >= 0 && n.intValue() <= 80) {
      return n.intValue();
    }
    throw new IllegalArgumentException("indent wants a number of spaces, 0 to 80, got " + spaces);
  }

  private static Filter filter(
      BiFunction<String, Map<String, Object>, String> function, String... argumentNames) {
    return new Filter() {
      @Override
      public List<String> getArgumentNames() {
        return List.of(argumentNames);
      }

      @Override
      public Object apply(
          @Nullable Object input,
          Map<String, Object> args,
          PebbleTemplate self,
          EvaluationContext context,
          int lineNumber) {
        if (input == null) {
          throw new IllegalArgumentException("there is no value to filter");
        }
        return function.apply(String.valueOf(input), args);
      }
    };
  }
}
