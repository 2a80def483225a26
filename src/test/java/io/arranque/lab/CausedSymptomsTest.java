package io.arranque.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.arranque.diagnosis.Symptom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every sentence of the diagnosis is produced by a test that really causes what it speaks of: on
 * real firmware, or by packets to the running appliance. A new symptom needs such a test.
 */
class CausedSymptomsTest {
  /** Those that assert each symptom that they name. */
  private static final List<String> CAUSING =
      List.of(
          "DiagnosisIT",
          "OtherServersIT",
          "SimulatedFaultsIT",
          "AddressFaults",
          "LoaderFaults",
          "ScriptFaults",
          "SystemFaults");

  /** What cannot be caused on any machine at will, and why; tables in DiagnosisTest judge it. */
  private static final Map<Symptom, String> NOT_CAUSED =
      Map.of(
          Symptom.OVERLOADED,
          "how many packets are too many depends on the processor, and so would the test");

  @Test
  void each_symptom_is_caused_by_a_test_or_excused_with_a_reason() throws IOException {
    Set<Symptom> caused = caused();
    for (Symptom symptom : Symptom.values()) {
      assertThat(caused.contains(symptom))
          .as("%s is caused by one of %s, or else excused, not both", symptom, CAUSING)
          .isNotEqualTo(NOT_CAUSED.containsKey(symptom));
    }
  }

  private static Set<Symptom> caused() throws IOException {
    Pattern named = Pattern.compile("Symptom\\.([A-Z_]+)");
    Set<Symptom> caused = EnumSet.noneOf(Symptom.class);
    for (String test : CAUSING) {
      String source = Files.readString(Path.of("src/test/java/io/arranque/lab", test + ".java"));
      Matcher match = named.matcher(source);
      while (match.find()) {
        caused.add(Symptom.valueOf(match.group(1)));
      }
    }
    return caused;
  }
}
