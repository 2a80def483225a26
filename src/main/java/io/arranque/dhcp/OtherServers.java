package io.arranque.dhcp;

import java.util.Optional;

/** Read view of what is known of other DHCP servers: all that a decision needs of it. */
public interface OtherServers {
  /** Nobody looks, and nobody else is there. */
  OtherServers NONE =
      new OtherServers() {
        @Override
        public boolean isLooking(String segment) {
          return false;
        }

        @Override
        public Optional<OtherServer> rival(String segment) {
          return Optional.empty();
        }
      };

  /** Whether the first look on the segment is not over yet. */
  boolean isLooking(String segment);

  /** A server that gives addresses on the segment, as it told us itself. */
  Optional<OtherServer> rival(String segment);
}
