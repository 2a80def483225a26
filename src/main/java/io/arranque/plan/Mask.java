package io.arranque.plan;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes known secrets out of text that is to be shown or kept: what a machine says of itself, what
 * a template's fault quotes. As they are, percent-encoded and in base64; a value that somebody
 * altered on purpose is not recognised.
 *
 * @param values the longest first, so that none is left half
 */
public record Mask(List<String> values) {
  /** Shorter ones would also take apart what has nothing to do with them. */
  private static final int SHORTEST = 4;

  public static Mask of(BootPlan plan) {
    return new Mask(
        plan.vars().values().stream()
            .filter(Planned::secret)
            .map(planned -> String.valueOf(planned.value()))
            .flatMap(Mask::forms)
            .filter(value -> value.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  private static Stream<String> forms(String value) {
    String base64 = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    return Stream.concat(
        Stream.of(value, value.strip(), Filters.urlencode(value), base64),
        // Of a key in several lines each line is secret.
        value.lines().map(String::strip));
  }

  public String of(String text) {
    String masked = text;
    for (String value : values) {
      masked = masked.replace(value, Planned.MASK);
    }
    return masked;
  }

  Rendered.Broken of(Rendered.Broken broken) {
    return new Rendered.Broken(broken.file(), broken.line(), of(broken.message()));
  }
}
