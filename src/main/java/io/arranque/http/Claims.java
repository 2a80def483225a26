package io.arranque.http;

import io.arranque.address.Mac;
import io.arranque.http.BootAnswer.Text;
import io.arranque.inventory.InventoryChange;
import io.arranque.inventory.InventoryChange.Provisioned;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Provisioning;
import io.arranque.inventory.Provisioning.Alarm;
import io.arranque.inventory.Provisioning.Grant;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Who may have a document with secrets, and how often. Pure but for the count of guesses. */
final class Claims {
  /** How long a boot may ask for the same document again; an installer may take its time. */
  private static final Duration AGAIN = Duration.ofMinutes(30);

  private final Guesses guesses = new Guesses();

  /**
   * What stands in the way of a document with secrets, and what it changes.
   *
   * @param refusal instead of the document
   * @param changes to be committed before anything is sent
   */
  record Ruling(Optional<Text> refusal, List<InventoryChange> changes) {}

  /**
   * Decides on a document whose request is the machine's own.
   *
   * @param head whether only its length was asked for, which tells nothing
   */
  Ruling rule(
      Mac mac,
      String nonce,
      String name,
      SortedSet<String> secrets,
      boolean head,
      BootSnapshot snapshot,
      Exchange exchange) {
    Provisioning its = provisioning(mac, snapshot);
    if (its.isQuarantined()) {
      return refused(mac, name, Reason.QUARANTINED, exchange);
    }
    Optional<Grant> grant = its.grant().filter(last -> last.nonce().equals(nonce));
    if (grant.isEmpty()) {
      return refused(mac, name, Reason.NOT_ARMED, exchange);
    }
    Optional<Instant> first = Optional.ofNullable(grant.get().documents().get(name));
    if (head) {
      return new Ruling(Optional.empty(), List.of());
    }
    if (first.isEmpty()) {
      Provisioning told = its.told(name, secrets, exchange.now());
      return new Ruling(Optional.empty(), List.of(new Provisioned(mac, told, "", "")));
    }
    boolean over = grant.get().up().isPresent() || exchange.now().isAfter(first.get().plus(AGAIN));
    if (!over) {
      return new Ruling(Optional.empty(), List.of());
    }
    Alarm alarm = alarm(Reason.SECOND_CLAIM, its, exchange, true);
    Text refusal = refused(mac, name, Reason.QUARANTINED, exchange).refusal().orElseThrow();
    return new Ruling(
        Optional.of(refusal.with(event(mac, alarm, exchange))), raised(mac, its, alarm));
  }

  /** A request that was refused because of who asked, or for what; perhaps an alarm. */
  Text refused(Mac mac, String nonce, Text refusal, BootSnapshot snapshot, Exchange exchange) {
    Provisioning its = provisioning(mac, snapshot);
    if (refusal.status() == 403) {
      boolean secret = its.grant().filter(last -> last.nonce().equals(nonce)).isPresent();
      return secret
          ? alarming(mac, refusal, its, Reason.CLAIM_FROM_ELSEWHERE, true, exchange)
          : refusal;
    }
    if (refusal.status() != 404) {
      return refusal;
    }
    if (!guesses.areMany(exchange.client(), nonce, exchange.now())) {
      return refusal;
    }
    // Asked for twice when there is something to commit: the count must not say "just now".
    Text slowed = Text.refusal(429, Reason.URLS_GUESSED, "").with("retry-after", "60");
    return snapshot.inventory().machine(mac).isEmpty()
        ? slowed
        : alarming(mac, slowed, its, Reason.URLS_GUESSED, false, exchange);
  }

  private static Text alarming(
      Mac mac,
      Text refusal,
      Provisioning its,
      Reason reason,
      boolean quarantine,
      Exchange exchange) {
    Alarm alarm = alarm(reason, its, exchange, quarantine);
    List<InventoryChange> changes = raised(mac, its, alarm);
    return changes.isEmpty() ? refusal : refusal.with(changes).with(event(mac, alarm, exchange));
  }

  private static List<InventoryChange> raised(Mac mac, Provisioning its, Alarm alarm) {
    Provisioning then = its.with(alarm);
    return then.equals(its)
        ? List.of()
        : List.of(new Provisioned(mac, then, "", "alarm " + alarm.reason()));
  }

  /** Says what to change: the names of what the machine was told, never a value. */
  static Alarm alarm(Reason reason, Provisioning its, Exchange exchange, boolean quarantine) {
    String told = its.toldText();
    String rotate = told.isEmpty() ? "it was told no secret yet" : "it was told: " + told;
    return new Alarm(
        reason, "asked by " + exchange.client() + "; " + rotate, exchange.now(), quarantine);
  }

  private static Ruling refused(Mac mac, String name, Reason reason, Exchange exchange) {
    Text text =
        Text.refusal(403, reason, "")
            .with(
                BootEvent.of(
                    exchange.now(),
                    mac,
                    Stage.CLOUD_CONFIG,
                    reason,
                    Optional.of(exchange.client()),
                    MachineText.line(name, 64)));
    return new Ruling(Optional.of(text), List.of());
  }

  private static BootEvent event(Mac mac, Alarm alarm, Exchange exchange) {
    return BootEvent.of(
        exchange.now(),
        mac,
        Stage.CLOUD_CONFIG,
        alarm.reason(),
        Optional.of(exchange.client()),
        alarm.detail());
  }

  /** What a report that its system runs changes: from now on nothing is asked for again. */
  List<InventoryChange> up(Mac mac, String nonce, BootSnapshot snapshot, Exchange exchange) {
    Provisioning its = provisioning(mac, snapshot);
    boolean first =
        its.grant().filter(g -> g.nonce().equals(nonce) && g.up().isEmpty()).isPresent();
    return first ? List.of(new Provisioned(mac, its.up(exchange.now()), "", "")) : List.of();
  }

  private static Provisioning provisioning(Mac mac, BootSnapshot snapshot) {
    return snapshot.inventory().machine(mac).map(Machine::provisioning).orElse(Provisioning.NONE);
  }
}
