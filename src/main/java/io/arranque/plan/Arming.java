package io.arranque.plan;

import io.arranque.inventory.Provisioning;
import io.arranque.inventory.Provisioning.Cause;
import io.arranque.inventory.Provisioning.Grant;
import io.arranque.inventory.Provisioning.Window;
import io.arranque.inventory.SwitchPort;
import io.arranque.site.ArmingRule;
import io.arranque.site.Role;
import io.arranque.site.Script;
import io.arranque.site.Secrecy;
import io.arranque.site.Segment;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a boot may be told the secrets of its role.
 *
 * @param state the decision
 * @param secrets the names of what it would be told, as templates write them
 * @param why who let it, or what is in the way; for people
 * @param until when what lets it ends; empty: it does not
 */
public record Arming(State state, SortedSet<String> secrets, String why, Optional<Instant> until) {

  /** What was decided. */
  public enum State {
    /** There is nothing secret to tell. */
    NOT_NEEDED,
    ARMED,
    UNARMED,
    QUARANTINED
  }

  /** For plans of boots that are only thought of. */
  static final Provisioning ASSUMED =
      Provisioning.NONE.with(Optional.of(new Window(Instant.MAX, "", Cause.PAIRED)));

  private static final Pattern TAG = Pattern.compile("\\{\\{.*?\\}\\}|\\{%.*?%\\}", Pattern.DOTALL);

  /** Decides from what the plan holds; its machine's window is taken to be open now. */
  public static Arming of(BootPlan plan) {
    SortedSet<String> secrets = secrets(plan);
    Provisioning its = plan.machine().provisioning();
    if (secrets.isEmpty()) {
      return new Arming(State.NOT_NEEDED, secrets, "", Optional.empty());
    }
    if (its.isQuarantined()) {
      String what = its.alarm().orElseThrow().reason().name();
      return new Arming(State.QUARANTINED, secrets, what, Optional.empty());
    }
    ArmingRule rule = rule(plan);
    Optional<Window> window = its.window().filter(open -> counts(open, rule, pairing(plan)));
    if (window.isPresent()) {
      Window open = window.get();
      String why =
          open.until().equals(Instant.MAX)
              ? "taken for granted"
              : open.cause().name().toLowerCase(Locale.ROOT) + " by " + open.by();
      return new Arming(State.ARMED, secrets, why, Optional.of(open.until()));
    }
    if (pairing(plan)) {
      return unarmed(secrets, "pairing: the code on its screen must be confirmed");
    }
    if (rule == ArmingRule.ALWAYS) {
      return isAnother(plan)
          ? unarmed(secrets, "not the hardware or the switch port of its last boot with secrets")
          : new Arming(State.ARMED, secrets, "arming: always", Optional.empty());
    }
    return unarmed(secrets, "arming: " + rule.label());
  }

  private static Arming unarmed(SortedSet<String> secrets, String why) {
    return new Arming(State.UNARMED, secrets, why, Optional.empty());
  }

  /** Whether this is no hindrance. */
  public boolean mayBoot() {
    return state == State.NOT_NEEDED || state == State.ARMED;
  }

  /** A line for people; empty when there is nothing secret. */
  public Optional<String> text(Function<Instant, String> time) {
    String names = String.join(", ", secrets);
    return switch (state) {
      case NOT_NEEDED -> Optional.empty();
      case ARMED ->
          Optional.of(
              "armed"
                  + until
                      .filter(u -> u.isBefore(Instant.MAX))
                      .map(u -> " until " + time.apply(u))
                      .orElse("")
                  + " ("
                  + why
                  + "): "
                  + names);
      case UNARMED -> Optional.of("not armed (" + why + "): " + names);
      case QUARANTINED -> Optional.of("quarantined (" + why + "): " + names);
    };
  }

  /** Whether the machine's segment asks for the code on its screen. */
  public static boolean pairing(BootPlan plan) {
    return plan.reach().segment().map(Segment::secrecy).map(Secrecy::pairing).orElse(false);
  }

  private static ArmingRule rule(BootPlan plan) {
    return plan.role()
        .flatMap(role -> role.value().arming())
        .or(() -> plan.reach().segment().flatMap(segment -> segment.secrecy().arming()))
        .orElse(ArmingRule.DEFAULT);
  }

  private static boolean counts(Window open, ArmingRule rule, boolean pairing) {
    return switch (open.cause()) {
      case PAIRED -> true;
      case OPERATOR -> !pairing;
      case ASKED -> !pairing && rule != ArmingRule.OPERATOR;
    };
  }

  /** Something that nobody asked for may only go on as it was: a rule knows no faces. */
  private static boolean isAnother(BootPlan plan) {
    Optional<Grant> last = plan.machine().provisioning().grant();
    return last.isPresent()
        && (Identity.differ(last.get().uuid(), plan.machine().hardware().uuid())
            || Identity.differ(last.get().port(), port(plan.machine().switchPort())));
  }

  /** A switch port as text that can be compared. */
  public static String port(Optional<SwitchPort> place) {
    return place
        .map(
            p ->
                p.remoteId().map(Object::toString).orElse("")
                    + "/"
                    + p.circuitId().map(Object::toString).orElse(""))
        .filter(text -> text.length() > 1)
        .orElse("");
  }

  /**
   * Those that the role declares, whether it uses them or not, and of the others those that its
   * documents name; each only if it has a value.
   */
  private static SortedSet<String> secrets(BootPlan plan) {
    SortedSet<String> names = new TreeSet<>();
    if (plan.role().isEmpty()) {
      return names;
    }
    Role role = plan.role().get().value();
    plan.vars()
        .forEach(
            (name, planned) -> {
              if (planned.secret()
                  && !String.valueOf(planned.value()).isEmpty()
                  && (declares(role, name) || mentions(role, name))) {
                names.add(name);
              }
            });
    return names;
  }

  private static boolean declares(Role role, String templateName) {
    return role.vars().keySet().stream()
        .anyMatch(name -> Variables.templateName(name).equals(templateName));
  }

  private static boolean mentions(Role role, String name) {
    Pattern word = Pattern.compile("\\b" + Pattern.quote(name) + "\\b");
    return Stream.of(
            role.documents().values().stream(),
            role.overlay().values().stream(),
            role.wants().texts().values().stream().flatMap(want -> want.templates().stream()))
        .flatMap(templates -> templates)
        .map(Script::text)
        .flatMap(text -> TAG.matcher(text).results())
        .anyMatch(tag -> word.matcher(tag.group()).find());
  }
}
