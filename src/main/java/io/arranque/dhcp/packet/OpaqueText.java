package io.arranque.dhcp.packet;

import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opaque values for people: decoded as far as that is certain, otherwise hex. */
final class OpaqueText {
  private OpaqueText() {}

  static String describe(int code, Octets value) {
    String hex = value.toString();
    Optional<List<String>> items =
        switch (OptionCode.of(code).shape()) {
          case DOMAINS -> domains(value.toArray());
          case ROUTES -> routes(value.toArray());
          case ADDRESS,
              ADDRESSES,
              ADDRESS_PAIRS,
              TEXT,
              SECONDS,
              U8,
              U16,
              U32,
              S32,
              FLAG,
              CODES8,
              CODES16,
              NESTED,
              OPAQUE ->
              Optional.empty();
        };
    return items
        .map(list -> String.join(", ", list))
        .or(() -> value.text().map(text -> hex + " \"" + text + '"'))
        .orElse(hex);
  }

  /** Only names of ordinary characters, and none compressed: {@link OperatorValue} writes those. */
  private static Optional<List<String>> domains(byte[] value) {
    List<String> names = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    int at = 0;
    while (at < value.length) {
      int length = value[at++] & 0xff;
      if (length == 0) {
        names.add(String.join(".", labels));
        labels.clear();
      } else if (length > 63 || length > value.length - at) {
        return Optional.empty();
      } else {
        labels.add(new String(value, at, length, StandardCharsets.ISO_8859_1));
        at += length;
      }
    }
    boolean plain = labels.isEmpty() && names.stream().allMatch(n -> n.matches("[A-Za-z0-9_.-]+"));
    return plain && !names.isEmpty() ? Optional.of(names) : Optional.empty();
  }

  private static Optional<List<String>> routes(byte[] value) {
    List<String> routes = new ArrayList<>();
    int at = 0;
    while (at < value.length) {
      int prefix = value[at++] & 0xff;
      int significant = (prefix + 7) / 8;
      if (prefix > 32 || significant + 4 > value.length - at) {
        return Optional.empty();
      }
      byte[] network = new byte[4];
      System.arraycopy(value, at, network, 0, significant);
      Cidr destination = Cidr.around(Ipv4.of(network, 0), prefix);
      routes.add(destination + " via " + Ipv4.of(value, at + significant));
      at += significant + 4;
    }
    return routes.isEmpty() ? Optional.empty() : Optional.of(routes);
  }
}
