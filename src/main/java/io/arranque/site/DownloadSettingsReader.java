package io.arranque.site;

import io.arranque.site.DownloadSettings.Limit;
import io.arranque.site.DownloadSettings.WaitKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code downloads:} in {@code arranque.yaml}. */
final class DownloadSettingsReader {
  private static final Pattern RATE_TEXT =
      Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?) ?([kmg])bit(?:/s)?");

  private static final ValueType<Limit> AT_ONCE =
      new ValueType<>(
          "not a number of machines", "auto, unlimited or e.g. 20", DownloadSettingsReader::limit);

  private static final ValueType<Long> RATE =
      new ValueType<>("not a rate", "e.g. 900Mbit or 2.5Gbit", DownloadSettingsReader::rate);

  private static final ValueType<WaitKey> KEY =
      ValueType.oneOf(
          Arrays.stream(WaitKey.values()).map(WaitKey::word).toList(),
          word ->
              Arrays.stream(WaitKey.values()).filter(k -> k.word().equals(word)).findFirst().get());

  private DownloadSettingsReader() {}

  static DownloadSettings read(Fields fields) {
    List<Located<WaitKey>> listed = fields.list("keys", KEY);
    Set<WaitKey> keys = EnumSet.noneOf(WaitKey.class);
    listed.forEach(key -> keys.add(key.value()));
    DownloadSettings settings =
        new DownloadSettings(
            fields.scalar("at-once", AT_ONCE).orElse(Limit.AUTO),
            fields.scalar("rate", RATE),
            keys);
    fields.finish();
    return settings;
  }

  private static Optional<Limit> limit(String text) {
    return switch (text) {
      case "auto" -> Optional.of(Limit.AUTO);
      case "unlimited" -> Optional.of(Limit.NONE);
      default ->
          ValueType.integer(1, 100_000).parse().apply(text).map(machines -> new Limit(machines));
    };
  }

  private static Optional<Long> rate(String text) {
    Matcher matcher = RATE_TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long unit =
        switch (matcher.group(2)) {
          case "k" -> 1_000;
          case "m" -> 1_000_000;
          default -> 1_000_000_000;
        };
    // Below it a machine would never be admitted in a minute: somebody meant another unit.
    return Optional.of(Math.round(Double.parseDouble(matcher.group(1)) * unit))
        .filter(bits -> bits >= 1_000_000);
  }
}
