package io.arranque.dhcp.packet;

import io.arranque.address.Ipv4;

/** A packet being filled in, so that fourteen fields need not be repeated for each changed one. */
final class PacketDraft {
  private final DhcpPacket.Op op;
  private final int htype;
  private final int xid;
  private final Octets chaddr;
  private int hops;
  private int secs;
  private int flags;
  private Ipv4 ciaddr = Ipv4.ANY;
  private Ipv4 yiaddr = Ipv4.ANY;
  private Ipv4 siaddr = Ipv4.ANY;
  private Ipv4 giaddr = Ipv4.ANY;
  private String sname = "";
  private String file = "";
  private DhcpOptions options = DhcpOptions.EMPTY;

  PacketDraft(DhcpPacket.Op op, int htype, int xid, Octets chaddr) {
    this.op = op;
    this.htype = htype;
    this.xid = xid;
    this.chaddr = chaddr;
  }

  PacketDraft hops(int hops) {
    this.hops = hops;
    return this;
  }

  PacketDraft secs(int secs) {
    this.secs = secs;
    return this;
  }

  PacketDraft flags(int flags) {
    this.flags = flags;
    return this;
  }

  PacketDraft ciaddr(Ipv4 ciaddr) {
    this.ciaddr = ciaddr;
    return this;
  }

  PacketDraft yiaddr(Ipv4 yiaddr) {
    this.yiaddr = yiaddr;
    return this;
  }

  PacketDraft siaddr(Ipv4 siaddr) {
    this.siaddr = siaddr;
    return this;
  }

  PacketDraft giaddr(Ipv4 giaddr) {
    this.giaddr = giaddr;
    return this;
  }

  PacketDraft sname(String sname) {
    this.sname = sname;
    return this;
  }

  PacketDraft file(String file) {
    this.file = file;
    return this;
  }

  PacketDraft options(DhcpOptions options) {
    this.options = options;
    return this;
  }

  DhcpPacket build() {
    return new DhcpPacket(
        op, htype, hops, xid, secs, flags, ciaddr, yiaddr, siaddr, giaddr, chaddr, sname, file,
        options);
  }
}
