package io.arranque.inventory;

import io.arranque.site.BootPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What people do to many machines at once. {@link Actions} decides what that means for each. */
public sealed interface Action {
  /**
   * @param name the empty text takes the role away
   */
  record Role(String name) implements Action {}

  /**
   * @param values by the names the role gives them; the empty text takes a value away
   */
  record Vars(Map<String, String> values) implements Action {
    public Vars {
      values = Map.copyOf(values);
    }

    /** Never the values: they may be secrets. */
    @Override
    public String toString() {
      return "Vars" + values.keySet().stream().sorted().toList();
    }
  }

  /**
   * @param policy empty: as the role says
   */
  record Policy(Optional<BootPolicy> policy) implements Action {}

  /** The role at the next boot; then the own disk. */
  record BootOnce() implements Action {}

  /** What is installed is installed anew at the next boot. */
  record Reinstall() implements Action {}

  /**
   * Lets machines have secrets.
   *
   * @param time zero ends it
   */
  record Arm(Duration time) implements Action {}

  record Forget() implements Action {}

  /**
   * The packets are sent by others; here it is only decided whether it may be, and written down.
   */
  record Wake() implements Action {}
}
