package io.arranque.web.machines;

import io.arranque.diagnosis.Diagnosis;
import io.arranque.diagnosis.Kind;
import io.arranque.diagnosis.Symptom;
import io.arranque.diagnosis.Value;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.BootRun;
import io.arranque.timeline.BootStatus;
import io.arranque.timeline.Pace;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import io.arranque.web.page.Messages;
import io.arranque.web.page.PageFilters;
import io.arranque.web.views.Views;
import io.arranque.web.views.Views.EventView;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Diagnoses and boots as page and API show them. */
final class DiagnosisViews {
  private DiagnosisViews() {}

  /**
   * @param kind {@code good}, {@code under-way}, {@code waiting} or {@code problem}
   * @param values what stands in the gaps, by name
   * @param advice what to try next
   * @param evidence the newest first
   * @param othersUp how many other machines of the room came up within the hour
   */
  record DiagnosisView(
      String mac,
      String symptom,
      String kind,
      String sentence,
      Map<String, String> values,
      List<String> advice,
      List<EventView> evidence,
      int othersUp) {}

  /**
   * @param medianMillis what the stage takes elsewhere in the room; -1: nobody knows
   */
  record StepView(
      String stage,
      String began,
      long millis,
      long bytes,
      boolean failed,
      boolean open,
      long medianMillis) {}

  /**
   * @param slowestStage where it lost most against the room; empty: nowhere
   */
  record BootView(
      String began,
      String state,
      long millis,
      List<StepView> steps,
      String slowestStage,
      long slowerMillis) {}

  /**
   * @param sameRole whether all of them have the machine's role
   */
  record PaceView(int machines, boolean sameRole, long millis, Map<String, Long> stages) {}

  static DiagnosisView english(String mac, DiagnosisDesk.Health health) {
    Diagnosis diagnosis = health.diagnosis();
    return view(mac, health, diagnosis.sentence(), diagnosis.advice());
  }

  /** In the language of {@code t}. */
  static DiagnosisView told(String mac, DiagnosisDesk.Health health, Map<String, String> t) {
    Diagnosis diagnosis = health.diagnosis();
    Symptom symptom = diagnosis.symptom();
    String key = Messages.key(symptom);
    List<String> advice =
        IntStream.rangeClosed(1, symptom.advice().size())
            .mapToObj(i -> t.getOrDefault(key + "." + i, symptom.advice().get(i - 1)))
            .map(text -> diagnosis.filled(text, value -> word(value, t)))
            .toList();
    String sentence =
        diagnosis.filled(t.getOrDefault(key, symptom.sentence()), value -> word(value, t));
    return view(mac, health, sentence, advice);
  }

  private static String word(Value value, Map<String, String> t) {
    if (value instanceof Value.Octets octets) {
      return PageFilters.size(octets.octets(), t);
    }
    if (value instanceof Value.Took took) {
      return PageFilters.took(took.time().toMillis(), t);
    }
    return value instanceof Value.At at
        ? t.getOrDefault("boots." + at.stage().label(), at.english())
        : value.english();
  }

  private static DiagnosisView view(
      String mac, DiagnosisDesk.Health health, String sentence, List<String> advice) {
    Diagnosis diagnosis = health.diagnosis();
    Map<String, String> values = new TreeMap<>();
    diagnosis.values().forEach((name, value) -> values.put(name, value.english()));
    Kind kind = diagnosis.symptom().kind();
    return new DiagnosisView(
        mac,
        diagnosis.symptom().name(),
        kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        sentence,
        values,
        advice,
        diagnosis.evidence().stream().map(Views::event).toList(),
        kind == Kind.PROBLEM ? health.othersUp() : 0);
  }

  static BootView boot(BootRun run, Pace pace) {
    Optional<Pace.Slower> slower = pace.slowest(run);
    return new BootView(
        Views.text(run.began()),
        word(run),
        run.took().toMillis(),
        run.steps().stream().map(step -> step(step, pace)).toList(),
        slower.map(s -> s.stage().label()).orElse(""),
        slower.map(s -> s.by().toMillis()).orElse(0L));
  }

  private static StepView step(BootRun.Step step, Pace pace) {
    Duration usual = pace.stages().get(step.stage());
    return new StepView(
        step.stage().label(),
        Views.text(step.begin()),
        step.took().toMillis(),
        step.bytes(),
        step.failed(),
        step.open(),
        usual == null ? -1 : usual.toMillis());
  }

  static PaceView pace(Pace pace) {
    Map<String, Long> stages = new TreeMap<>();
    pace.stages()
        .forEach((Stage stage, Duration took) -> stages.put(stage.label(), took.toMillis()));
    return new PaceView(pace.machines(), pace.sameRole(), pace.whole().toMillis(), stages);
  }

  /** How a boot stands; of one that waits, for what. */
  static String word(BootRun run) {
    if (run.state() != BootStatus.State.WAITING) {
      return run.state().label();
    }
    return switch (run.decisive().map(BootEvent::reason).orElse(Reason.OK)) {
      case DOWNLOADS_FULL -> "queued";
      case NOT_ARMED -> "unarmed";
      case QUARANTINED -> "quarantined";
      default -> run.state().label();
    };
  }
}
