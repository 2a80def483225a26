package io.arranque.diagnosis;

import io.arranque.address.Ipv4;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.BootRun;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is the matter with a machine.
 *
 * @param values what stands in the gaps of its sentence and advice, by name
 * @param evidence the events that say so, oldest first; empty where the silence says it
 */
public record Diagnosis(Symptom symptom, Map<String, Value> values, List<BootEvent> evidence) {
  private static final int EVIDENCE = 6;

  private static final Pattern GAP = Pattern.compile("\\{([a-z]+)}");

  public Diagnosis {
    values = Map.copyOf(values);
    evidence =
        List.copyOf(evidence.subList(Math.max(0, evidence.size() - EVIDENCE), evidence.size()));
  }

  /** Judges a machine by its newest events; of {@link BootRun#of} as many as there are. */
  public static Diagnosis of(List<BootEvent> newestFirst, Circumstances around) {
    List<BootRun> runs = BootRun.of(newestFirst, around.seen(), around.now());
    return new Rounds(newestFirst, runs, around).diagnosis();
  }

  /** In English. */
  public String sentence() {
    return filled(symptom.sentence());
  }

  /** In English. */
  public List<String> advice() {
    return symptom.advice().stream().map(this::filled).toList();
  }

  private String filled(String text) {
    return filled(text, Value::english);
  }

  /** The text with its gaps filled; once, for a value may be a machine's own words. */
  public String filled(String text, Function<Value, String> word) {
    return GAP.matcher(text)
        .replaceAll(
            gap -> {
              Value value = values.get(gap.group(1));
              return Matcher.quoteReplacement(value == null ? gap.group() : word.apply(value));
            });
  }

  static Finding found(Symptom symptom) {
    return new Finding(symptom);
  }

  /** One that is being written down; lives within one call. */
  static final class Finding {
    private final Symptom symptom;
    private final Map<String, Value> values = new LinkedHashMap<>();

    private Finding(Symptom symptom) {
      this.symptom = symptom;
    }

    Finding with(String name, String text) {
      values.put(name, new Value.Text(text));
      return this;
    }

    Finding with(String name, Ipv4 address) {
      return with(name, address.toString());
    }

    Finding with(String name, long count) {
      values.put(name, new Value.Count(count));
      return this;
    }

    Finding octets(String name, long octets) {
      values.put(name, new Value.Octets(octets));
      return this;
    }

    Finding with(String name, Duration time) {
      values.put(name, new Value.Took(time));
      return this;
    }

    Finding with(String name, Stage stage) {
      values.put(name, new Value.At(stage));
      return this;
    }

    Diagnosis by(List<BootEvent> evidence) {
      return new Diagnosis(symptom, values, evidence);
    }

    Diagnosis by(BootEvent event) {
      return by(List.of(event));
    }
  }
}
