package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpOption.Suboption;
import io.arranque.dhcp.packet.DhcpOptions;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.dhcp.packet.PacketDraft;
import io.arranque.plan.BootFile;
import io.arranque.plan.Planned;
import io.arranque.site.Quirk.Place;
import io.arranque.site.Quirks.Treatment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A reply being filled in. */
final class ReplyDraft {
  private static final int PXE_BOOT_ITEM = 71;
  private static final Octets NUL = Octets.of((byte) 0);

  private final Exchange x;
  private final Treatment treatment;
  private final OptionOrder order;

  /** By code: a map would cost more than all else that is done with it. */
  private final @Nullable DhcpOption[] options = new DhcpOption[256];

  /** Of those that are there, in the order in which they came. */
  private final int[] codes = new int[256];

  private final PacketDraft packet;
  private int size;

  ReplyDraft(Exchange x, Treatment treatment) {
    this.x = x;
    this.treatment = treatment;
    this.order =
        new OptionOrder(
            x.in().options().octets(OptionCode.PARAMETER_REQUEST_LIST).orElse(Octets.EMPTY),
            x.isBootClient());
    this.packet = DhcpPacket.draftReplyTo(x.in());
    for (DhcpOption echoed : packet.options()) {
      with(echoed);
    }
  }

  ReplyDraft with(DhcpOption option) {
    int code = option.code();
    if (options[code] == null) {
      codes[size++] = code;
    }
    options[code] = option;
    return this;
  }

  ReplyDraft without(int code) {
    if (options[code] != null) {
      options[code] = null;
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (codes[i] != code) {
          codes[kept++] = codes[i];
        }
      }
      size = kept;
    }
    return this;
  }

  ReplyDraft yiaddr(Ipv4 address) {
    packet.yiaddr(address);
    return this;
  }

  /** The request's, in what answers a request (RFC 2131 Table 3). */
  ReplyDraft ciaddr() {
    packet.ciaddr(x.in().ciaddr());
    return this;
  }

  /** So that a relay broadcasts it. */
  ReplyDraft broadcast() {
    packet.flags(x.in().flags() | DhcpPacket.BROADCAST_FLAG);
    return this;
  }

  /** What the site tells of the network, as far as the client wants it. */
  ReplyDraft network() {
    return network(order::isWanted);
  }

  /** What the site tells of the network, as far as {@code wanted}. */
  ReplyDraft network(IntPredicate wanted) {
    for (Planned<DhcpOption> planned : x.network().options()) {
      if (wanted.test(planned.value().code())) {
        with(planned.value());
      }
    }
    // RFC 3442: one that asks for classless routes gets its router from these alone.
    if (order.isRequested(OptionCode.CLASSLESS_STATIC_ROUTE)
        && options[OptionCode.CLASSLESS_STATIC_ROUTE] != null) {
      without(OptionCode.ROUTER);
      without(OptionCode.STATIC_ROUTE);
    }
    return this;
  }

  /** RFC 3011 §2: whoever goes by it says so. */
  ReplyDraft subnetSelection() {
    Optional<Ipv4> selected = x.in().options().address(OptionCode.SUBNET_SELECTION);
    if (selected.isPresent() && x.segment().subnet().contains(selected.get())) {
      with(new DhcpOption.Address(OptionCode.SUBNET_SELECTION, selected.get()));
    }
    return this;
  }

  /** The boot file, and what the table of quirks says beside it; nothing when there is none. */
  ReplyDraft boot() {
    Optional<BootFile> file = x.plan().bootFile().map(Planned::value);
    if (file.isPresent() || !x.isBootClient()) {
      for (DhcpOption option : treatment.options()) {
        if (options[option.code()] == null) {
          with(option);
        }
      }
    }
    if (file.isPresent()) {
      packet.siaddr(x.at().serverAddress());
      bootFile(file.get().name());
      serverName(x.at().serverAddress());
      bootItem();
    }
    return this;
  }

  /** A name that does not fit the field with its NUL stands in the option alone. */
  private void bootFile(String name) {
    Place place = treatment.bootFile();
    boolean fits = name.length() < DhcpPacket.FILE_WIDTH && isAscii(name);
    if (place.inField() && fits) {
      packet.file(name);
    }
    if (place.inOption() || !fits) {
      with(new DhcpOption.Text(OptionCode.BOOTFILE_NAME, name));
    }
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == 0 || name.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private void serverName(Ipv4 address) {
    if (treatment.serverName().inField()) {
      packet.sname(address.toString());
    }
    if (treatment.serverName().inOption()) {
      with(new DhcpOption.Text(OptionCode.TFTP_SERVER_NAME, address.toString()));
    }
  }

  /** A client that came from another server's boot menu wants its choice confirmed. */
  private void bootItem() {
    Optional<Octets> item =
        x.in()
            .options()
            .as(OptionCode.VENDOR_SPECIFIC, DhcpOption.Nested.class)
            .flatMap(asked -> asked.suboption(PXE_BOOT_ITEM));
    if (item.isPresent() && options[OptionCode.VENDOR_SPECIFIC] instanceof DhcpOption.Nested pxe) {
      List<Suboption> both = new ArrayList<>(pxe.suboptions());
      both.add(new Suboption(PXE_BOOT_ITEM, item.get()));
      with(new DhcpOption.Nested(OptionCode.VENDOR_SPECIFIC, both, pxe.ended()));
    }
  }

  DhcpPacket build() {
    if (treatment.broadcast()) {
      broadcast();
    }
    order.arrange(codes, size);
    packet.options(DhcpOptions.EMPTY);
    for (int i = 0; i < size; i++) {
      DhcpOption option = Objects.requireNonNull(options[codes[i]]);
      packet.with(treatment.terminatedText() ? terminated(option) : option);
    }
    return packet.build();
  }

  private static DhcpOption terminated(DhcpOption option) {
    return option instanceof DhcpOption.Text text
        ? new DhcpOption.Opaque(text.code(), text.encode().plus(NUL))
        : option;
  }
}
