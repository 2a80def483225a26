package io.arranque.dhcp.packet;

import io.arranque.address.Ipv4;

/**
 * A packet being filled in, so that fourteen fields need not be repeated for each changed one. Not
 * thread-safe.
 */
public final class PacketDraft {
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
  private OptionsDraft options = new OptionsDraft(DhcpOptions.EMPTY);

  PacketDraft(DhcpPacket.Op op, int htype, int xid, Octets chaddr) {
    this.op = op;
    this.htype = htype;
    this.xid = xid;
    this.chaddr = chaddr;
  }

  public PacketDraft hops(int hops) {
    this.hops = hops;
    return this;
  }

  public PacketDraft secs(int secs) {
    this.secs = secs;
    return this;
  }

  public PacketDraft flags(int flags) {
    this.flags = flags;
    return this;
  }

  public PacketDraft ciaddr(Ipv4 ciaddr) {
    this.ciaddr = ciaddr;
    return this;
  }

  public PacketDraft yiaddr(Ipv4 yiaddr) {
    this.yiaddr = yiaddr;
    return this;
  }

  public PacketDraft siaddr(Ipv4 siaddr) {
    this.siaddr = siaddr;
    return this;
  }

  public PacketDraft giaddr(Ipv4 giaddr) {
    this.giaddr = giaddr;
    return this;
  }

  public PacketDraft sname(String sname) {
    this.sname = sname;
    return this;
  }

  public PacketDraft file(String file) {
    this.file = file;
    return this;
  }

  /** The options as they are by now. */
  public DhcpOptions options() {
    return options.toOptions();
  }

  /** These options and no others. */
  public PacketDraft options(DhcpOptions options) {
    this.options = new OptionsDraft(options);
    return this;
  }

  /** This option instead of the one of the same code, or after the last. */
  public PacketDraft with(DhcpOption option) {
    options.put(option);
    return this;
  }

  /** The packet as it is by now; the draft may be filled in further. */
  public DhcpPacket build() {
    return new DhcpPacket(
        op,
        htype,
        hops,
        xid,
        secs,
        flags,
        ciaddr,
        yiaddr,
        siaddr,
        giaddr,
        chaddr,
        sname,
        file,
        options.toOptions());
  }
}
