package io.arranque.diagnosis;

import io.arranque.diagnosis.Circumstances.Rival;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.BootRun;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One boot and what is known around it; what the rules ask of it. */
record Case(BootRun run, Circumstances around) {

  List<BootEvent> events() {
    return run.events();
  }

  List<BootEvent> all(Predicate<BootEvent> wanted) {
    return events().stream().filter(wanted).toList();
  }

  Optional<BootEvent> last(Predicate<BootEvent> wanted) {
    List<BootEvent> found = all(wanted);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  /** The last that went well. */
  Optional<BootEvent> reached(Stage stage) {
    return last(e -> e.stage() == stage && e.reason() == Reason.OK);
  }

  boolean has(Stage stage, Reason reason) {
    return last(e -> e.stage() == stage && e.reason() == reason).isPresent();
  }

  /** What came after. */
  List<BootEvent> after(BootEvent event) {
    int at = events().lastIndexOf(event);
    return events().subList(at + 1, events().size());
  }

  BootEvent newest() {
    return events().get(events().size() - 1);
  }

  Duration since(BootEvent event) {
    Duration since = Duration.between(event.at(), around.now());
    return since.isNegative() ? Duration.ZERO : since;
  }

  Duration sinceBegan() {
    return since(events().get(0));
  }

  /** Whether nothing at all came for so long. */
  boolean quiet(Duration patience) {
    return around.past(newest().at(), patience);
  }

  /**
   * How long a machine of this room may take to a stage before somebody should look: three times
   * what is usual there, within bounds.
   */
  Duration patience(Stage stage, Duration least, Duration otherwise, Duration most) {
    Duration usual = around.pace().stages().get(stage);
    if (usual == null) {
      return otherwise;
    }
    Duration thrice = usual.multipliedBy(3);
    return thrice.compareTo(least) < 0 ? least : thrice.compareTo(most) > 0 ? most : thrice;
  }

  /** Whether something is on its way to the machine. */
  boolean downloads() {
    return around.download().isPresent();
  }

  /** How a server is called, with its MAC if that is known. */
  String server(String address) {
    return around.rivals().stream()
        .filter(rival -> rival.address().equals(address))
        .map(Rival::name)
        .findFirst()
        .orElse(address);
  }

  /** The server that a REQUEST named instead of us. */
  Optional<String> chosen(List<BootEvent> among) {
    List<BootEvent> named = new ArrayList<>(among);
    named.removeIf(e -> e.reason() != Reason.NOT_OUR_SERVER_ID || !e.detail().startsWith("chose "));
    return named.isEmpty()
        ? Optional.empty()
        : Optional.of(server(named.get(named.size() - 1).detail().substring("chose ".length())));
  }

  Instant now() {
    return around.now();
  }
}
