package io.arranque.diagnosis;

import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.Locale;

/** What stands in a sentence's gap: as data, so that each language writes it in its own way. */
public sealed interface Value {
  /** As the command line and the API write it. */
  String english();

  /** A name, an address, a machine's own words: the same in each language. */
  record Text(String text) implements Value {
    @Override
    public String english() {
      return text;
    }
  }

  record Count(long count) implements Value {
    @Override
    public String english() {
      return Long.toString(count);
    }
  }

  record Octets(long octets) implements Value {
    @Override
    public String english() {
      if (octets < 1_000) {
        return octets + " B";
      }
      return octets < 1_000_000
          ? String.format(Locale.ROOT, "%.1f kB", octets / 1_000.0)
          : String.format(Locale.ROOT, "%.1f MB", octets / 1_000_000.0);
    }
  }

  record Took(Duration time) implements Value {
    @Override
    public String english() {
      long millis = time.toMillis();
      if (millis < 1_000) {
        return millis + " ms";
      }
      return millis < 120_000
          ? String.format(Locale.ROOT, "%.1f s", millis / 1_000.0)
          : millis / 60_000 + " min";
    }
  }

  /** A stage by its name. */
  record At(Stage stage) implements Value {
    @Override
    public String english() {
      return stage.label();
    }
  }
}
