package io.arranque.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.site.DownloadSettings.Limit;
import io.arranque.site.DownloadSettings.WaitKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadSettingsTest {
  private final ProblemCollector problems = new ProblemCollector();

  @Test
  void nothingSetMeansUntilTheWireIsFull() {
    assertThat(read("name: x\n")).isEqualTo(DownloadSettings.DEFAULT);
  }

  @Test
  void allKeysAreRead() {
    DownloadSettings settings =
        read("downloads: { at-once: 20, rate: 900Mbit, keys: [local-disk, skip] }\n");
    assertThat(settings.limit()).isEqualTo(new Limit(20));
    assertThat(settings.bitsPerSecond()).contains(900_000_000L);
    assertThat(settings.keys()).containsExactlyInAnyOrder(WaitKey.LOCAL_DISK, WaitKey.SKIP);
    assertThat(read("downloads: { at-once: unlimited }\n").limit()).isEqualTo(Limit.NONE);
    assertThat(read("downloads: { keys: skip }\n").keys()).containsExactly(WaitKey.SKIP);
    assertThat(problems.problems().all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "900Mbit, 900000000",
    "900 mbit/s, 900000000",
    "2.5Gbit, 2500000000",
    "50000kbit, 50000000"
  })
  void aRateHasAUnit(String text, long bits) {
    assertThat(read("downloads: { rate: " + text + " }\n").bitsPerSecond()).contains(bits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rate: 900", "rate: 900MB", "rate: 0Mbit", "at-once: 0", "at-once: -1"})
  void whatCannotBeMeantIsAnError(String text) {
    read("downloads: { " + text + " }\n");
    assertThat(problems.problems().errors()).hasSize(1);
  }

  @Test
  void anUnknownKeyOfTheKeyboardIsToldWithThoseThereAre() {
    read("downloads: { keys: [escape] }\n");
    assertThat(problems.problems().errors().get(0).toString())
        .contains("downloads.keys", "local-disk or skip", "escape");
  }

  private DownloadSettings read(String yaml) {
    YamlNode.Mapping mapping = YamlFile.parse("arranque.yaml", yaml, problems).orElseThrow();
    return SettingsReader.read(new Fields("arranque.yaml", mapping, problems)).downloads();
  }
}
