package io.arranque.conformance.http;

import io.arranque.conformance.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer.
 *
 * @param status 0 when the connection was closed instead
 * @param headers by lower-case name, in the order of the wire
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing
record Response(int status, Map<String, List<String>> headers, byte[] body) {
  static final Response NONE = new Response(0, Map.of(), new byte[0]);

  Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }

  String needed(String name) {
    return header(name).orElseThrow(() -> new Violation(status + " without " + name));
  }

  Response with(Integer... permitted) {
    Violation.unless(
        Arrays.asList(permitted).contains(status),
        said(status) + ", wanted " + Arrays.stream(permitted).map(Response::said).toList());
    return this;
  }

  private static String said(int status) {
    return status == 0 ? "closed without answer" : Integer.toString(status);
  }

  Response holding(byte[] wanted) {
    int differs = Arrays.mismatch(body, wanted);
    Violation.unless(
        differs < 0,
        "%d: %d octets of %d, other from octet %d on"
            .formatted(status, body.length, wanted.length, differs));
    return this;
  }
}
