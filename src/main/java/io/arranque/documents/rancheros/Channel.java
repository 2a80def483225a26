package io.arranque.documents.rancheros;

import java.util.Optional;

/** How RancherOS comes by its cloud-config. What it does with a key depends on it. */
public enum Channel {
  /** Fetched by HTTP, twice, after it has decided about its state disk. */
  URL("url"),
  /** In a second initrd, read before anything is decided. */
  OVERLAY("overlay");

  private final String label;

  Channel(String label) {
    this.label = label;
  }

  /** The word in {@code role.yaml}. */
  public String label() {
    return label;
  }

  static Optional<Channel> named(String label) {
    for (Channel channel : values()) {
      if (channel.label.equals(label)) {
        return Optional.of(channel);
      }
    }
    return Optional.empty();
  }
}
