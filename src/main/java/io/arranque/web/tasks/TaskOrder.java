package io.arranque.web.tasks;

import io.arranque.inventory.Action;
import io.arranque.site.BootPolicy;
import io.arranque.web.base.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What shall be done, without to whom.
 *
 * @param subject in a few words what it is about: a role's name, the names of values, a policy's
 *     word; never a value, which may be secret
 */
record TaskOrder(TaskKind kind, Action action, String subject) {
  private static final int MOST_MINUTES = 7 * 24 * 60;
  private static final int USUAL_MINUTES = 60;

  /** What people and programs say beside the kind; only what the kind needs is looked at. */
  record Said(String role, Map<String, String> vars, String policy, String minutes) {
    static final Said NOTHING = new Said("", Map.of(), "", "");

    /** Never the values. */
    @Override
    public String toString() {
      return "Said";
    }
  }

  /**
   * @throws Fault 422 when the kind needs what was not said
   */
  static TaskOrder of(TaskKind kind, Said said) {
    return switch (kind) {
      case ROLE -> role(kind, said.role());
      case TAKE_ROLE -> new TaskOrder(kind, new Action.Role(""), "");
      case VARS -> vars(kind, said.vars());
      case POLICY -> policy(kind, said.policy());
      case BOOT_ONCE -> new TaskOrder(kind, new Action.BootOnce(), "");
      case LOCAL_BOOT -> new TaskOrder(kind, new Action.Policy(Optional.of(BootPolicy.NEVER)), "");
      case REINSTALL -> new TaskOrder(kind, new Action.Reinstall(), "");
      case WAKE -> new TaskOrder(kind, new Action.Wake(), "");
      case ARM -> arm(kind, said.minutes());
      case DISARM -> new TaskOrder(kind, new Action.Arm(Duration.ZERO), "");
      case FORGET -> new TaskOrder(kind, new Action.Forget(), "");
    };
  }

  private static TaskOrder role(TaskKind kind, String name) {
    if (name.isBlank()) {
      throw new Fault(422, "role: wanted a role's name; take-role takes one away");
    }
    return new TaskOrder(kind, new Action.Role(name.strip()), name.strip());
  }

  private static TaskOrder vars(TaskKind kind, Map<String, String> vars) {
    if (vars.isEmpty()) {
      throw new Fault(422, "vars: wanted at least one value");
    }
    String names = String.join(", ", vars.keySet().stream().sorted().toList());
    return new TaskOrder(kind, new Action.Vars(vars), names);
  }

  /** {@code by-role} leaves it to the role. */
  private static TaskOrder policy(TaskKind kind, String word) {
    Optional<BootPolicy> policy = BootPolicy.named(word);
    if (policy.isEmpty() && !word.equals("by-role")) {
      throw new Fault(422, "policy: wanted always, install-once, next-boot, never or by-role");
    }
    return new TaskOrder(kind, new Action.Policy(policy), word);
  }

  private static TaskOrder arm(TaskKind kind, String minutes) {
    String text = minutes.isEmpty() ? Integer.toString(USUAL_MINUTES) : minutes;
    if (!text.matches("[0-9]{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MOST_MINUTES) {
      throw new Fault(422, "minutes: wanted a number from 1 to " + MOST_MINUTES);
    }
    return new TaskOrder(kind, new Action.Arm(Duration.ofMinutes(Integer.parseInt(text))), text);
  }

  /** Whether giving it asks for a boot, whose secrets may then be told. */
  boolean asksForBoot() {
    return kind == TaskKind.ROLE || kind == TaskKind.BOOT_ONCE || kind == TaskKind.REINSTALL;
  }

  /** For the audit. */
  String text() {
    return kind.label() + (subject.isEmpty() ? "" : " " + subject);
  }
}
