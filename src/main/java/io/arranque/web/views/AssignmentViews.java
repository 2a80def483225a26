package io.arranque.web.views;

import io.arranque.inventory.Identity;
import io.arranque.inventory.Machine;
import io.arranque.plan.Policy;
import io.arranque.timeline.Reason;
import java.util.List;
import java.util.Locale;

/** What page and API show of a machine's boot policy, of its identity, and of values overridden. */
public final class AssignmentViews {
  private AssignmentViews() {}

  /** A value that a nearer place overrides. */
  public record OverriddenView(String value, String origin) {}

  /**
   * The machine whose further card this may be; all texts empty when it looks like none.
   *
   * @param basis {@code uuid} or {@code serial}
   */
  public record PendingView(
      String machine,
      String id,
      String name,
      String basis,
      String lastSeen,
      List<EvidenceView> evidence) {
    static final PendingView NONE = new PendingView("", "", "", "", "", List.of());
  }

  /** {@code agrees} and {@code differs} are both false where only one of them told. */
  public record EvidenceView(
      String what, String here, String there, boolean agrees, boolean differs) {}

  static PendingView pending(Machine machine, Identity.Pending pending) {
    Machine known = pending.known();
    return new PendingView(
        known.mac().toString(),
        known.mac().hyphenated(),
        known.hostname(),
        pending.basis().name().toLowerCase(Locale.ROOT),
        known.lastSeen().map(Views::text).orElse(""),
        Identity.evidence(machine, known).stream()
            .map(e -> new EvidenceView(e.what(), e.here(), e.there(), e.agrees(), e.differs()))
            .toList());
  }

  /**
   * Its boot policy.
   *
   * @param ownDisk the reason why it boots from its own disk; empty when it boots its role
   * @param installed when it said that it is
   * @param unreported boots to install it without that report
   * @param again whether there is something that could be done again
   */
  public record BootView(
      String policy,
      String origin,
      String ownDisk,
      String sentence,
      String installed,
      int unreported,
      int attempts,
      String booted,
      boolean again) {}

  static BootView boot(Policy policy) {
    boolean own = policy.ownDisk() != Reason.OK;
    return new BootView(
        policy.boot().value().label(),
        policy.boot().origin().toString(),
        own ? policy.ownDisk().name() : "",
        own ? policy.ownDisk().sentence() : "",
        policy.installation().finished().map(Views::text).orElse(""),
        policy.installation().unreported(),
        policy.attempts(),
        policy.installation().booted().map(Views::text).orElse(""),
        policy.isAgainPossible());
  }
}
