package io.arranque.site;

import java.util.Optional;

/** When a machine boots its role over the network, and when from its own disk. */
public enum BootPolicy {
  /** Its role, each time. */
  ALWAYS("always"),
  /** Its role until that has reported that it is installed; then its own disk. */
  INSTALL_ONCE("install-once"),
  /** Its role the next time; then its own disk. */
  NEXT_BOOT("next-boot"),
  /** Its own disk. */
  NEVER("never");

  private final String label;

  BootPolicy(String label) {
    this.label = label;
  }

  /** The word in files, in the API and on the page. */
  public String label() {
    return label;
  }

  public static Optional<BootPolicy> named(String label) {
    for (BootPolicy policy : values()) {
      if (policy.label.equals(label)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }
}
