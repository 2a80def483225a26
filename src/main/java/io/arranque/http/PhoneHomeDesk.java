package io.arranque.http;

import io.arranque.http.BootAnswer.Text;
import io.arranque.inventory.Hardware;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Sighting;
import io.arranque.plan.Mask;
import io.arranque.plan.Policy;
import io.arranque.site.Role;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What machines report of themselves: cloud-init's form, or a stage and a message. */
final class PhoneHomeDesk {
  private static final int MAX_MESSAGE = 200;
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  /** A machine's words for itself; another one is told before its message. */
  private static final Map<String, Stage> STAGES =
      Map.of(
          "up", Stage.UP,
          "disk-skipped", Stage.UP,
          "failed", Stage.UP,
          "installed", Stage.INSTALLED,
          "registering", Stage.REGISTERING,
          "registered", Stage.REGISTERED);

  private final Admission admission;
  private final DocumentDesk documents;
  private final Claims claims;

  PhoneHomeDesk(Admission admission, DocumentDesk documents, Claims claims) {
    this.admission = admission;
    this.documents = documents;
    this.claims = claims;
  }

  /** The answer if nothing has to be committed; else null. */
  @Nullable Text ready(BootRequest.PhoneHome request, BootSnapshot snapshot, Exchange exchange) {
    Text answer = answer(request, snapshot, exchange);
    return answer.changes().isEmpty() ? answer : null;
  }

  Text answer(BootRequest.PhoneHome request, BootSnapshot snapshot, Exchange exchange) {
    return admission
        .refusal(request.mac(), request.nonce(), BootRoutes.PHONE_HOME, snapshot, exchange)
        .map(no -> claims.refused(request.mac(), request.nonce(), no, snapshot, exchange))
        .orElseGet(() -> admitted(request, snapshot, exchange));
  }

  private Text admitted(BootRequest.PhoneHome request, BootSnapshot snapshot, Exchange exchange) {
    // By the body's first letter: busybox wget calls everything it posts a form.
    Optional<Map<String, String>> fields =
        exchange.body().stripLeading().startsWith("{")
            ? FlatJson.parse(exchange.body())
            : Optional.of(PercentText.pairs(exchange.body().strip(), true));
    if (fields.isEmpty()) {
      return Text.refusal(400, Reason.BAD_REQUEST, "wanted a JSON object of strings");
    }
    String stage = fields.get().getOrDefault("stage", "up");
    if (!WORD.matcher(stage).matches()) {
      return Text.refusal(400, Reason.BAD_REQUEST, "stage is a lower-case word such as up");
    }
    // A script that fails likes to print its whole command line, the token in it.
    String words =
        Mask.of(documents.plan(request.mac(), snapshot, exchange))
            .of(fields.get().getOrDefault("message", fields.get().getOrDefault("hostname", "")));
    String message = MachineText.line(words, MAX_MESSAGE);
    boolean named = STAGES.containsKey(stage);
    boolean up = stage.equals("up") || stage.equals("registered") || stage.equals("installed");
    if (up) {
      documents.forget(request.nonce());
    }
    String detail = named ? message : MachineText.line(stage + ": " + message, MAX_MESSAGE);
    List<InventoryChange> changes =
        new ArrayList<>(changes(request, fields.get(), stage, snapshot, exchange));
    if (up) {
      changes.addAll(claims.up(request.mac(), request.nonce(), snapshot, exchange));
    }
    return Text.plain(200, "noted\n")
        .with(changes)
        .with(
            BootEvent.of(
                exchange.now(),
                request.mac(),
                STAGES.getOrDefault(stage, Stage.UP),
                reason(stage),
                Optional.of(exchange.client()),
                detail));
  }

  private static Reason reason(String word) {
    return switch (word) {
      case "failed" -> Reason.MACHINE_FAILED;
      case "disk-skipped" -> Reason.DISK_SKIPPED;
      default -> Reason.MACHINE_REPORTED;
    };
  }

  /** What its boot policy waits for, and how large it says it is. */
  private static List<InventoryChange> changes(
      BootRequest.PhoneHome request,
      Map<String, String> fields,
      String stage,
      BootSnapshot snapshot,
      Exchange exchange) {
    List<InventoryChange> changes = new ArrayList<>();
    Inventory inventory = snapshot.inventory();
    Optional<Machine> machine = inventory.machine(request.mac());
    Optional<Role> role =
        inventory
            .boot(request.mac())
            .flatMap(boot -> Optional.ofNullable(snapshot.site().roles().get(boot.role())));
    if (machine.isPresent() && role.isPresent()) {
      Policy.afterReport(machine.get(), role.get(), stage, exchange.now())
          .map(i -> new InventoryChange.InstallationChanged(machine.get().mac(), i, ""))
          .ifPresent(changes::add);
    }
    Hardware size =
        Hardware.UNKNOWN.withSize(
            Sizes.reportedMemory(fields.getOrDefault("memory", "")),
            Sizes.count(fields.getOrDefault("cpus", "")));
    if (machine.isPresent() && !size.equals(Hardware.UNKNOWN)) {
      changes.add(
          new InventoryChange.Seen(
              new Sighting(
                  request.mac(), size, Optional.empty(), Optional.empty(), exchange.now())));
    }
    return List.copyOf(changes);
  }
}
