package io.arranque.dhcp.packet;

import io.arranque.address.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the value of an option looks like. */
public enum Shape {
  ADDRESS("an IPv4 address"),
  ADDRESSES("IPv4 addresses"),
  /** Addresses two by two: a network and its mask, a destination and its router. */
  ADDRESS_PAIRS("an even number of IPv4 addresses"),
  TEXT("text"),
  SECONDS("a time span such as 12h or 3600, or \"infinite\""),
  U8("a number from 0 to 255"),
  U16("a number from 0 to 65535"),
  U32("a number from 0 to 4294967295"),
  S32("a number from -2147483648 to 2147483647"),
  FLAG("true or false"),
  CODES8("numbers from 0 to 255"),
  CODES16("numbers from 0 to 65535"),
  NESTED("suboptions as \"hex:…\""),
  /** Domain names in DNS form (RFC 3397); kept opaque, because clients never send them. */
  DOMAINS("domain names"),
  /** Routes in RFC 3442 form; kept opaque, because clients never send them. */
  ROUTES("routes such as \"10.0.0.0/8 192.168.33.1\""),
  OPAQUE("a value that begins with ip:, text:, hex:, u8:, u16: or u32:");

  private final String wanted;

  Shape(String wanted) {
    this.wanted = wanted;
  }

  /** What an operator may write, to follow "wanted". */
  public String wanted() {
    return wanted;
  }

  DhcpOption decode(int code, Octets value) {
    Optional<? extends DhcpOption> shaped =
        switch (this) {
          case ADDRESS -> address(code, value);
          case ADDRESSES -> addresses(code, value, 4);
          case ADDRESS_PAIRS -> addresses(code, value, 8);
          case TEXT -> value.text().map(text -> new DhcpOption.Text(code, text));
          case SECONDS -> seconds(code, value);
          case U8 -> number(code, value, 1);
          case U16 -> number(code, value, 2);
          case U32, S32 -> number(code, value, 4);
          case FLAG -> flag(code, value);
          case CODES8 -> codes(code, value, 1);
          case CODES16 -> codes(code, value, 2);
          case NESTED -> nested(code, value);
          case DOMAINS, ROUTES, OPAQUE -> Optional.empty();
        };
    return shaped.isPresent() ? shaped.get() : new DhcpOption.Opaque(code, value);
  }

  private static Optional<DhcpOption> address(int code, Octets value) {
    return value.size() == 4
        ? Optional.of(new DhcpOption.Address(code, new Ipv4((int) value.number(0, 4))))
        : Optional.empty();
  }

  private static Optional<DhcpOption> addresses(int code, Octets value, int unit) {
    if (value.isEmpty() || value.size() % unit != 0) {
      return Optional.empty();
    }
    byte[] bytes = value.toArray();
    List<Ipv4> addresses =
        IntStream.range(0, bytes.length / 4).mapToObj(i -> Ipv4.of(bytes, 4 * i)).toList();
    return Optional.of(new DhcpOption.Addresses(code, addresses));
  }

  private static Optional<DhcpOption> seconds(int code, Octets value) {
    return value.size() == 4
        ? Optional.of(new DhcpOption.Seconds(code, value.number(0, 4)))
        : Optional.empty();
  }

  private static Optional<DhcpOption> number(int code, Octets value, int width) {
    return value.size() == width
        ? Optional.of(new DhcpOption.Number(code, width, value.number(0, width)))
        : Optional.empty();
  }

  private static Optional<DhcpOption> flag(int code, Octets value) {
    return value.size() == 1 && value.at(0) <= 1
        ? Optional.of(new DhcpOption.Flag(code, value.at(0) == 1))
        : Optional.empty();
  }

  private static Optional<DhcpOption> codes(int code, Octets value, int width) {
    if (value.isEmpty() || value.size() % width != 0) {
      return Optional.empty();
    }
    List<Integer> codes = new ArrayList<>(value.size() / width);
    for (int at = 0; at < value.size(); at += width) {
      codes.add((int) value.number(at, width));
    }
    return Optional.of(new DhcpOption.Codes(code, width, codes));
  }

  /**
   * Strict, so that encoding gives the same octets again and a relay's option 82 is echoed as it
   * came: padding, or anything after the end octet, makes the whole value opaque.
   */
  private static Optional<DhcpOption> nested(int code, Octets value) {
    List<DhcpOption.Suboption> suboptions = new ArrayList<>();
    int at = 0;
    boolean ended = false;
    while (at < value.size() && !ended) {
      int sub = value.at(at++);
      if (sub == 255) {
        ended = true;
      } else if (sub == 0 || at == value.size() || value.at(at) > value.size() - at - 1) {
        return Optional.empty();
      } else {
        int end = at + 1 + value.at(at);
        suboptions.add(new DhcpOption.Suboption(sub, value.slice(at + 1, end)));
        at = end;
      }
    }
    return suboptions.isEmpty() || at < value.size()
        ? Optional.empty()
        : Optional.of(new DhcpOption.Nested(code, suboptions, ended));
  }
}
