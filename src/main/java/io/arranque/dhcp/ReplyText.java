package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.Explained.Part;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.SuboptionText;
import io.arranque.plan.BootPlan;
import io.arranque.plan.Origin;
import io.arranque.plan.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pairs a reply with the origins of what is in it. The plan knows them for what people chose; what
 * is left over the protocol wants. Found by comparing, so that the responder need not carry an
 * origin beside each option of each packet.
 */
final class ReplyText {
  private static final Origin DHCP = Origin.protocol("RFC 2131");
  private static final Origin PXE = Origin.protocol("PXE 2.1");

  private final DhcpPacket asked;
  private final DhcpPacket reply;
  private final Optional<BootPlan> plan;
  private final Map<Integer, String> quirks;

  /**
   * @param asked the client's packet
   * @param reply ours, before it was encoded
   * @param plan what the reply was made from; empty when it was made from none
   * @param quirks by option code, which row of the table wanted it
   */
  ReplyText(
      DhcpPacket asked, DhcpPacket reply, Optional<BootPlan> plan, Map<Integer, String> quirks) {
    this.quirks = quirks;
    this.asked = asked;
    this.reply = reply;
    this.plan = plan;
  }

  /** The fields that say something, then each option with those inside it. */
  List<Part> parts(DhcpPacket read) {
    List<Part> parts = new ArrayList<>();
    if (read.isBroadcast()) {
      boolean same = read.flags() == asked.flags();
      parts.add(field("flags", "broadcast", same ? echo("RFC 2131") : DHCP));
    }
    address(parts, "ciaddr", read.ciaddr(), echo("RFC 2131"));
    address(parts, "yiaddr", read.yiaddr(), addressOrigin(read.yiaddr()));
    address(parts, "siaddr", read.siaddr(), PXE);
    address(parts, "giaddr", read.giaddr(), echo("RFC 2131"));
    if (!read.sname().isEmpty()) {
      parts.add(field("sname", read.sname(), DHCP));
    }
    if (!read.file().isEmpty()) {
      parts.add(field("file", read.file(), bootFileOrigin()));
    }
    for (DhcpOption option : read.options()) {
      add(parts, option, read);
    }
    return List.copyOf(parts);
  }

  /** What the reply has and the client does not get to read. */
  List<Part> leftOut(DhcpPacket read) {
    List<Part> parts = new ArrayList<>();
    for (DhcpOption option : reply.options()) {
      if (!read.options().contains(option.code())) {
        add(parts, option, reply);
      }
    }
    return List.copyOf(parts);
  }

  private void add(List<Part> parts, DhcpOption option, DhcpPacket in) {
    String name = option.code() + " " + OptionCode.of(option.code()).name();
    Optional<Planned<DhcpOption>> planned = planned(option);
    if (planned.filter(Planned::secret).isPresent()) {
      parts.add(field(name, Planned.MASK, planned.get().origin()));
    } else if (option instanceof DhcpOption.Nested nested) {
      parts.add(field(name, "", origin(option)));
      nested
          .suboptions()
          .forEach(
              inner ->
                  parts.add(
                      new Part(
                          1,
                          inner.code() + " " + SuboptionText.name(option.code(), inner),
                          SuboptionText.value(inner),
                          "")));
    } else {
      boolean uuid = option.code() == OptionCode.CLIENT_MACHINE_IDENTIFIER;
      String value =
          uuid ? in.uuid().map(Object::toString).orElse(option.describe()) : option.describe();
      parts.add(field(name, value, origin(option)));
    }
  }

  private Origin origin(DhcpOption option) {
    Optional<Origin> chosen = planned(option).map(Planned::origin);
    if (chosen.isPresent()) {
      return chosen.get();
    }
    @Nullable String quirk = quirks.get(option.code());
    if (quirk != null) {
      return new Origin(Origin.Level.QUIRK, quirk);
    }
    return switch (option.code()) {
      case OptionCode.CLIENT_IDENTIFIER -> echo("RFC 6842");
      case OptionCode.CLIENT_MACHINE_IDENTIFIER -> echo("RFC 4578");
      case OptionCode.RELAY_AGENT_INFORMATION -> echo("RFC 3046");
      case OptionCode.LEASE_TIME -> leaseOrigin(option);
      case OptionCode.VENDOR_CLASS, OptionCode.VENDOR_SPECIFIC, OptionCode.TFTP_SERVER_NAME -> PXE;
      case OptionCode.BOOTFILE_NAME -> bootFileOrigin();
      case OptionCode.OVERLOAD -> Origin.protocol("RFC 2132");
      default -> DHCP;
    };
  }

  private Optional<Planned<DhcpOption>> planned(DhcpOption option) {
    return plan.stream()
        .flatMap(p -> p.options().stream())
        .filter(p -> p.value().code() == option.code())
        .filter(p -> p.value().encode().equals(option.encode()))
        .findFirst();
  }

  private Origin leaseOrigin(DhcpOption option) {
    boolean asAsked =
        asked.options().octets(OptionCode.LEASE_TIME).filter(option.encode()::equals).isPresent();
    if (asAsked) {
      return echo("RFC 2131");
    }
    boolean whole =
        plan.flatMap(p -> p.reach().segment())
            .filter(s -> option.equals(seconds(s.leaseTime())))
            .isPresent();
    return whole ? segmentOrigin() : new Origin(Origin.Level.LEASE, "");
  }

  private static DhcpOption seconds(Duration time) {
    return new DhcpOption.Seconds(OptionCode.LEASE_TIME, time.toSeconds());
  }

  private Origin addressOrigin(Ipv4 address) {
    return plan.flatMap(BootPlan::reservation)
        .filter(reserved -> reserved.value().equals(address))
        .map(Planned::origin)
        .orElseGet(this::segmentOrigin);
  }

  private Origin bootFileOrigin() {
    return plan.flatMap(BootPlan::bootFile).map(Planned::origin).orElse(PXE);
  }

  private Origin segmentOrigin() {
    return plan.flatMap(p -> p.reach().segment())
        .map(s -> new Origin(Origin.Level.SEGMENT, s.name()))
        .orElse(DHCP);
  }

  private static Origin echo(String standard) {
    return new Origin(Origin.Level.ECHO, standard);
  }

  private static void address(List<Part> parts, String name, Ipv4 address, Origin origin) {
    if (!address.isAny()) {
      parts.add(field(name, address.toString(), origin));
    }
  }

  private static Part field(String name, String value, Origin origin) {
    return new Part(0, name, value, origin.toString());
  }
}
