package io.arranque.dhcp;

import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.Layout;
import io.arranque.inventory.Sighting;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import java.util.List;
import java.util.Optional;

/** What is done about a packet. Nothing of it has happened yet. */
public sealed interface Verdict {
  /** Lease changes that must be on disk before anything is sent. */
  List<LeaseChange> changes();

  /** The machine, when this told something of it. */
  Optional<Sighting> sighting();

  /** What goes on the timeline, in order; empty for what happens many times a day. */
  List<BootEvent> events();

  /**
   * An answer.
   *
   * @param destination where it goes
   * @param offers addresses to hold in memory only
   * @param layout how it is written
   */
  record Reply(
      DhcpPacket packet,
      Destination destination,
      List<LeaseChange> changes,
      List<Offer> offers,
      Optional<Sighting> sighting,
      List<BootEvent> events,
      Layout layout)
      implements Verdict {
    public Reply {
      changes = List.copyOf(changes);
      offers = List.copyOf(offers);
      events = List.copyOf(events);
    }

    /** In a layout that every client takes. */
    Reply(
        DhcpPacket packet,
        Destination destination,
        List<LeaseChange> changes,
        List<Offer> offers,
        Optional<Sighting> sighting,
        List<BootEvent> events) {
      this(packet, destination, changes, offers, sighting, events, Layout.of(packet));
    }
  }

  /**
   * No answer, and why.
   *
   * @param withdrawn an offer of ours that the machine did not take
   */
  record Silence(
      Reason reason,
      List<LeaseChange> changes,
      Optional<Sighting> sighting,
      List<BootEvent> events,
      Optional<Offer> withdrawn)
      implements Verdict {
    public Silence {
      changes = List.copyOf(changes);
      events = List.copyOf(events);
    }

    Silence(
        Reason reason,
        List<LeaseChange> changes,
        Optional<Sighting> sighting,
        List<BootEvent> events) {
      this(reason, changes, sighting, events, Optional.empty());
    }

    /** The same, and the offer is free again. */
    Silence withdrawing(Optional<Offer> offer) {
      return new Silence(reason, changes, sighting, events, offer);
    }

    static Silence because(Reason reason) {
      return new Silence(reason, List.of(), Optional.empty(), List.of());
    }
  }
}
