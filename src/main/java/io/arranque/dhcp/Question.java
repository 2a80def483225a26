package io.arranque.dhcp;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.dhcp.packet.DhcpPacket;
import io.arranque.dhcp.packet.MessageType;
import io.arranque.dhcp.packet.Octets;
import io.arranque.dhcp.packet.OptionCode;
import io.arranque.inventory.Machine;
import io.arranque.plan.WhatIf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A packet that nobody sent: what {@code explain} and the page put to the responder to see what it
 * would say.
 *
 * @param type DISCOVER, or REQUEST: the one that follows the offer
 * @param ipxe whether iPXE asks, and not the firmware
 * @param architecture option 93; empty: as the machine's firmware last named it
 * @param vendorClass option 60; empty: what firmware of that architecture sends
 * @param userClass option 77; empty: none, or iPXE's
 * @param segment a segment's name; empty: where the machine was last seen
 * @param relay the relay that passes it on; empty: none, unless the segment has no card of ours
 */
public record Question(
    Mac mac,
    MessageType type,
    boolean ipxe,
    Optional<Integer> architecture,
    Optional<String> vendorClass,
    Optional<String> userClass,
    Optional<String> segment,
    Optional<Ipv4> relay) {
  private static final int LONGEST_CLASS = 200;

  /** From 15 on firmware asks to boot over HTTP (IANA, "Processor Architecture Types"). */
  private static final int FIRST_HTTP_ARCHITECTURE = 15;

  private static final int LAST_HTTP_ARCHITECTURE = 20;

  /** What OVMF asks for, and PXE 2.1 wants of every ROM. */
  private static final List<Integer> ASKED_BY_FIRMWARE =
      List.of(
          1, 2, 3, 4, 5, 6, 12, 13, 15, 17, 18, 22, 23, 40, 41, 42, 43, 50, 51, 54, 58, 59, 60, 66,
          67, 97, 128, 129, 130, 131, 132, 133, 134, 135);

  private static final List<Integer> ASKED_BY_IPXE =
      List.of(1, 3, 6, 7, 12, 15, 17, 26, 43, 60, 66, 67, 119, 128, 129, 175, 203);

  private static final List<Integer> ASKED_BY_SYSTEMS =
      List.of(1, 3, 6, 12, 15, 26, 28, 33, 42, 51, 54, 58, 59, 119, 121);

  /** As the machine is, without supposing anything. */
  public static Question of(Mac mac) {
    return parse(mac, name -> Optional.empty());
  }

  /**
   * From words, as the command line and the API have them: {@code type}, {@code ipxe}, {@code
   * arch}, {@code vendor-class}, {@code user-class}, {@code segment}, {@code relay}.
   *
   * @throws IllegalArgumentException with what is wanted, for people
   */
  public static Question parse(Mac mac, Function<String, Optional<String>> words) {
    Function<String, Optional<String>> given = name -> words.apply(name).filter(w -> !w.isBlank());
    Optional<Integer> architecture =
        given
            .apply("arch")
            .map(
                word ->
                    WhatIf.architectureOf(word)
                        .orElseThrow(
                            () -> wrong("arch", "a number or a word such as uefi-x64", word)));
    return new Question(
        mac,
        given.apply("type").map(Question::type).orElse(MessageType.DISCOVER),
        given.apply("ipxe").filter(word -> word.equals("true") || word.equals("1")).isPresent(),
        architecture,
        given.apply("vendor-class").map(word -> text("vendor-class", word)),
        given.apply("user-class").map(word -> text("user-class", word)),
        given.apply("segment"),
        given
            .apply("relay")
            .map(
                word ->
                    Ipv4.parse(word)
                        .orElseThrow(() -> wrong("relay", "an address such as 10.0.0.1", word))));
  }

  private static MessageType type(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "discover" -> MessageType.DISCOVER;
      case "request" -> MessageType.REQUEST;
      default -> throw wrong("type", "discover or request", word);
    };
  }

  private static String text(String name, String word) {
    if (word.length() > LONGEST_CLASS || !word.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      throw wrong(name, "at most " + LONGEST_CLASS + " ASCII characters", "others");
    }
    return word;
  }

  private static IllegalArgumentException wrong(String name, String wanted, String got) {
    return new IllegalArgumentException(name + ": wanted " + wanted + ", got " + got);
  }

  /** The same question as the planner takes it. */
  public WhatIf whatIf(Machine machine) {
    var client = Clients.of(discover(machine), mac);
    return new WhatIf(client.kind(), Optional.of(asArchitecture(machine)), segment);
  }

  /** The DISCOVER that such a client sends. */
  DhcpPacket discover(Machine machine) {
    String vendor = vendorClass.orElseGet(() -> firmwareClass(asArchitecture(machine)));
    boolean firmware = vendor.startsWith("PXEClient") || vendor.startsWith("HTTPClient");
    List<Integer> asked = firmware ? ASKED_BY_FIRMWARE : ASKED_BY_SYSTEMS;
    List<DhcpOption> options = new ArrayList<>();
    options.add(MessageType.DISCOVER.option());
    options.add(
        new DhcpOption.Codes(OptionCode.PARAMETER_REQUEST_LIST, 1, ipxe ? ASKED_BY_IPXE : asked));
    options.add(new DhcpOption.Number(OptionCode.MAX_MESSAGE_SIZE, 2, 1472));
    options.add(new DhcpOption.Text(OptionCode.VENDOR_CLASS, vendor));
    if (firmware || ipxe || architecture.isPresent()) {
      options.add(
          new DhcpOption.Codes(
              OptionCode.CLIENT_ARCHITECTURE, 2, List.of(asArchitecture(machine))));
      machine.hardware().uuid().ifPresent(uuid -> options.add(machineIdentifier(uuid)));
    }
    userClass
        .or(() -> ipxe ? Optional.of("iPXE") : Optional.empty())
        .ifPresent(word -> options.add(new DhcpOption.Text(OptionCode.USER_CLASS, word)));
    DhcpPacket packet = DhcpPacket.request(MessageType.DISCOVER, mac, (int) mac.bits());
    for (DhcpOption option : options) {
      packet = packet.with(option);
    }
    return ipxe || !firmware ? packet : packet.withFlags(DhcpPacket.BROADCAST_FLAG);
  }

  private int asArchitecture(Machine machine) {
    return new WhatIf(WhatIf.AS_IT_IS.kind(), architecture, segment).architecture(machine);
  }

  private static String firmwareClass(int architecture) {
    boolean http =
        architecture >= FIRST_HTTP_ARCHITECTURE && architecture <= LAST_HTTP_ARCHITECTURE;
    return "%s:Arch:%05d:UNDI:003000".formatted(http ? "HTTPClient" : "PXEClient", architecture);
  }

  /** SMBIOS's order of octets, in which the first three fields are little-endian. */
  private static DhcpOption machineIdentifier(UUID uuid) {
    long high = uuid.getMostSignificantBits();
    byte[] value =
        ByteBuffer.allocate(17)
            .put((byte) 0)
            .putInt(Integer.reverseBytes((int) (high >>> 32)))
            .putShort(Short.reverseBytes((short) (high >>> 16)))
            .putShort(Short.reverseBytes((short) high))
            .putLong(uuid.getLeastSignificantBits())
            .array();
    return new DhcpOption.Opaque(OptionCode.CLIENT_MACHINE_IDENTIFIER, Octets.of(value));
  }
}
