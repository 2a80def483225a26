package io.arranque.dhcp.packet;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a DHCP message is for: the value of option 53 (RFC 2132 §9.6). */
public enum MessageType {
  DISCOVER(1),
  OFFER(2),
  REQUEST(3),
  DECLINE(4),
  ACK(5),
  NAK(6),
  RELEASE(7),
  INFORM(8);

  /** By code, at 0 none: asked several times for each packet. */
  private static final List<Optional<MessageType>> BY_CODE =
      Stream.concat(
              Stream.of(Optional.<MessageType>empty()), Arrays.stream(values()).map(Optional::of))
          .toList();

  private final int code;

  MessageType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** Empty for the types of later RFCs (lease query and its like), which no boot client sends. */
  public static Optional<MessageType> of(long code) {
    return code > 0 && code < BY_CODE.size() ? BY_CODE.get((int) code) : Optional.empty();
  }

  /** The option that says so. */
  public DhcpOption option() {
    return new DhcpOption.Number(OptionCode.MESSAGE_TYPE, 1, code);
  }
}
