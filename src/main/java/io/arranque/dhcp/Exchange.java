package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.Layout;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.RelayAgentInformation;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.inventory.Sighting;
import io.arranque.inventory.SwitchPort;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Client;
import io.arranque.plan.NetworkMemo;
import io.arranque.plan.NetworkOptions;
import io.arranque.site.Quirk;
import io.arranque.site.Quirks;
import io.arranque.site.Segment;
import io.arranque.timeline.BootEvent;
import io.arranque.timeline.Reason;
import io.arranque.timeline.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One packet with everything known about its sender; what each answer is made from. */
record Exchange(
    DhcpPacket in,
    Mac mac,
    Arrival at,
    Segment segment,
    LeaseView leases,
    Instant now,
    BootPlan plan,
    Inventory inventory,
    Quirks quirks,
    NetworkMemo networks) {
  private static final int SHOWN = 80;

  /**
   * Who we are for this machine: our address, or the relay's where the relay wants all its packets
   * (RFC 5107).
   */
  Ipv4 serverId() {
    return in.giaddr().isAny() ? at.serverAddress() : override().orElse(at.serverAddress());
  }

  /** Whether a server identifier means us. */
  boolean isUs(Ipv4 server) {
    return at.isOurs(server) || override().filter(server::equals).isPresent();
  }

  private Optional<Ipv4> override() {
    // Without giaddr it is a switch's or the machine's own word, and nobody would bring us the
    // rest.
    return in.giaddr().isAny()
        ? Optional.empty()
        : RelayAgentInformation.of(in).flatMap(RelayAgentInformation::serverIdOverride);
  }

  /** The segments that share the machine's wire, as far as we know: its own, or our card's. */
  List<String> wire() {
    boolean direct = in.giaddr().isAny() && at.segment().equals(segment.name());
    return direct && !at.also().isEmpty()
        ? at.locals().stream().map(Arrival.Local::segment).toList()
        : List.of(segment.name());
  }

  /** What it is told of the network. */
  NetworkOptions network() {
    return networks.of(plan);
  }

  /** What is known of its firmware's habits; {@code address}: whether the reply gives one. */
  Quirks.Treatment treatment(boolean address) {
    return treatment(quirks, in, mac, plan, address);
  }

  static Quirks.Treatment treatment(
      Quirks quirks, DhcpPacket in, Mac mac, BootPlan plan, boolean address) {
    return quirks.of(
        new Quirk.Subject(
            word(plan.client()),
            plan.client().architecture(),
            in.vendorClass(),
            plan.machine().hardware().vendor(),
            plan.machine().hardware().model(),
            mac,
            address));
  }

  private static String word(Client client) {
    return switch (client.kind()) {
      case PXE -> "pxe";
      case HTTP_BOOT -> "http-boot";
      case IPXE -> "ipxe";
      case OTHER -> "other";
    };
  }

  private Layout layout(DhcpPacket reply) {
    if (in.isBootp()) {
      return Layout.BOOTP;
    }
    Quirks.Treatment treatment = treatment(!reply.yiaddr().isAny());
    Layout layout = Layout.of(in);
    if (treatment.messageSizeMax().isPresent()) {
      layout = layout.atMost(treatment.messageSizeMax().get());
    }
    return treatment.overload() ? layout : layout.withoutOverload();
  }

  Client client() {
    return plan.client();
  }

  boolean isBootClient() {
    return switch (client().kind()) {
      case PXE, HTTP_BOOT, IPXE -> true;
      case OTHER -> false;
    };
  }

  /** Whether the machine was seen before; a phone beside another DHCP server never is. */
  boolean isKnown() {
    return plan.machine().firstSeen().isPresent();
  }

  Optional<Ipv4> requestedAddress() {
    return in.options().address(OptionCode.REQUESTED_ADDRESS);
  }

  /**
   * The address of one that has its address from elsewhere (DHCPINFORM); empty when that is not of
   * this segment: a made-up one would make us send to strangers.
   */
  Optional<Ipv4> informer() {
    Ipv4 said = in.ciaddr();
    boolean relayed = !in.giaddr().isAny();
    Ipv4 address = said.isAny() && !relayed ? at.source() : said;
    boolean here = segment.subnet().contains(address) || (address.isAny() && relayed);
    return here ? Optional.of(address) : Optional.empty();
  }

  /** Why it gets no boot file; OK when it gets one. */
  Reason bootReason() {
    return isBootClient() ? plan.bootFileReason() : Reason.ADDRESS_ONLY;
  }

  /** What it asked and is given, for the timeline. */
  BootEvent asked(Stage stage, Optional<Ipv4> address) {
    return asked(stage, isBootClient() ? Reason.OK : Reason.ADDRESS_ONLY, address);
  }

  /** What it asked, and why it is not given that. */
  BootEvent asked(Stage stage, Reason reason, Optional<Ipv4> address) {
    return BootEvent.of(now, mac, stage, reason, address, describeClient());
  }

  /** What it was given, for the timeline. */
  BootEvent given(Stage stage, Optional<Ipv4> address) {
    return BootEvent.of(
        now,
        mac,
        stage,
        bootReason(),
        address,
        plan.bootFile().map(file -> file.value().name()).orElse(""));
  }

  /** The machine, unless this says nothing that is not known of it already. */
  Optional<Sighting> sighting(Optional<Ipv4> address) {
    Sighting sighting =
        new Sighting(
            mac,
            client().hardware(),
            Optional.of(segment.name()),
            address,
            RelayAgentInformation.of(in)
                .filter(said -> said.circuitId().isPresent() || said.remoteId().isPresent())
                .map(said -> SwitchPort.of(said, in.giaddr(), now)),
            now);
    Optional<Machine> known = inventory.machine(mac);
    return known.isEmpty() || sighting.isNews(known.get())
        ? Optional.of(sighting)
        : Optional.empty();
  }

  /** An answer that changes no lease. */
  Verdict.Reply reply(
      DhcpPacket packet, Destination destination, Optional<Ipv4> address, List<BootEvent> events) {
    return reply(packet, destination, List.of(), List.of(), address, events);
  }

  /** An answer; {@code address} is what the machine has now. */
  Verdict.Reply reply(
      DhcpPacket packet,
      Destination destination,
      List<LeaseChange> changes,
      List<Offer> offers,
      Optional<Ipv4> address,
      List<BootEvent> events) {
    return new Verdict.Reply(
        packet, destination, changes, offers, sighting(address), events, layout(packet));
  }

  /** Not answered; the machine is noted as seen and {@code reason} stands on its timeline. */
  Verdict.Silence silence(Stage stage, Reason reason) {
    return new Verdict.Silence(
        reason,
        List.of(),
        sighting(Optional.empty()),
        List.of(asked(stage, reason, Optional.empty())));
  }

  /** The same, with what there is to say of it. */
  Verdict.Silence silence(Stage stage, Reason reason, String detail) {
    return silence(stage, reason, requestedAddress(), detail);
  }

  /** The same of an address. */
  Verdict.Silence silence(Stage stage, Reason reason, Optional<Ipv4> address, String detail) {
    return new Verdict.Silence(
        reason,
        List.of(),
        sighting(Optional.empty()),
        List.of(BootEvent.of(now, mac, stage, reason, address, detail)));
  }

  private String describeClient() {
    String firmware = client().hardware().firmware().map(f -> " " + f).orElse("");
    return switch (client().kind()) {
      case IPXE ->
          "iPXE" + firmware + in.ipxe().map(i -> " " + i.describe()).orElse("").stripTrailing();
      case PXE -> "PXE" + unlessKnown(firmware);
      case HTTP_BOOT -> "UEFI HTTP" + unlessKnown(firmware);
      case OTHER -> shortened(in.vendorClass().orElse(""));
    };
  }

  /** An architecture without a loader has no word of ours: show its number. */
  private String unlessKnown(String firmware) {
    return firmware.isEmpty()
        ? client().architecture().map(a -> " architecture " + a).orElse("")
        : firmware;
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
