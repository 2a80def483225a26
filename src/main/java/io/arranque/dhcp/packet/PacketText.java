package io.arranque.dhcp.packet;

import java.util.ArrayList;
import java.util.List;

/** Packets for people: {@code explain}, the page, golden files. */
public final class PacketText {
  private PacketText() {}

  /** {@code DISCOVER 8cc2e6d9 from 52:54:00:d3:42:64}: for a log. */
  public static String summary(DhcpPacket packet) {
    String type = packet.messageType().map(Enum::name).orElse("BOOTP " + packet.op());
    String direction = packet.op() == DhcpPacket.Op.REQUEST ? "from" : "to";
    return "%s %08x %s %s".formatted(type, packet.xid(), direction, hardwareAddress(packet));
  }

  /** The summary, then header fields that say something, then each option on its line. */
  public static List<String> lines(DhcpPacket packet) {
    List<String> lines = new ArrayList<>();
    lines.add(summary(packet));
    header(lines, "htype", packet.htype() == DhcpPacket.ETHERNET ? "" : "" + packet.htype());
    header(lines, "hops", packet.hops() == 0 ? "" : "" + packet.hops());
    header(lines, "secs", packet.secs() == 0 ? "" : "" + packet.secs());
    header(lines, "flags", flags(packet));
    header(lines, "ciaddr", packet.ciaddr().isAny() ? "" : packet.ciaddr().toString());
    header(lines, "yiaddr", packet.yiaddr().isAny() ? "" : packet.yiaddr().toString());
    header(lines, "siaddr", packet.siaddr().isAny() ? "" : packet.siaddr().toString());
    header(lines, "giaddr", packet.giaddr().isAny() ? "" : packet.giaddr().toString());
    header(lines, "sname", printable(packet.sname()));
    header(lines, "file", printable(packet.file()));
    for (DhcpOption option : packet.options()) {
      String name = OptionCode.of(option.code()).name();
      lines.add("  %d %s: %s".formatted(option.code(), name, describe(packet, option)));
    }
    return List.copyOf(lines);
  }

  private static String describe(DhcpPacket packet, DhcpOption option) {
    return option.code() == OptionCode.CLIENT_MACHINE_IDENTIFIER
        ? packet.uuid().map(Object::toString).orElse(option.describe())
        : option.describe();
  }

  private static void header(List<String> lines, String name, String value) {
    if (!value.isEmpty()) {
      lines.add("  " + name + ": " + value);
    }
  }

  private static String flags(DhcpPacket packet) {
    if (packet.flags() == 0) {
      return "";
    }
    return packet.flags() == DhcpPacket.BROADCAST_FLAG
        ? "broadcast"
        : "%04x".formatted(packet.flags());
  }

  private static String hardwareAddress(DhcpPacket packet) {
    return packet.mac().map(Object::toString).orElse(packet.chaddr().toString());
  }

  /** Anybody may have written these fields; a terminal must not obey them. */
  private static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().forEach(c -> out.append(Character.isISOControl(c) ? '?' : (char) c));
    return out.toString();
  }
}
