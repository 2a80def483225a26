package io.arranque.dhcp.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What an iPXE can, by the suboptions of its option 175. Builds differ widely: Debian's has no
 * HTTPS, and a card's ROM is often years older than the file beside it.
 *
 * @param version such as 1.0.0; old builds do not say
 * @param features their names, such as {@code http}, sorted
 */
public record IpxeBuild(Optional<String> version, List<String> features) {
  private static final int VERSION = 235;

  /** iPXE's own numbering of what it was built with. */
  private static final Map<Integer, String> FEATURES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(16, "pxeext"),
              Map.entry(17, "iscsi"),
              Map.entry(18, "aoe"),
              Map.entry(19, "http"),
              Map.entry(20, "https"),
              Map.entry(21, "tftp"),
              Map.entry(22, "ftp"),
              Map.entry(23, "dns"),
              Map.entry(24, "bzimage"),
              Map.entry(25, "multiboot"),
              Map.entry(26, "slam"),
              Map.entry(27, "srp"),
              Map.entry(32, "nbi"),
              Map.entry(33, "pxe"),
              Map.entry(34, "elf"),
              Map.entry(35, "comboot"),
              Map.entry(36, "efi"),
              Map.entry(37, "fcoe"),
              Map.entry(38, "vlan"),
              Map.entry(39, "menu"),
              Map.entry(40, "sdi"),
              Map.entry(41, "nfs")));

  public IpxeBuild {
    features = List.copyOf(features);
  }

  static IpxeBuild of(DhcpOption.Nested encapsulated) {
    List<String> features = new ArrayList<>();
    FEATURES.forEach(
        (code, name) -> {
          if (encapsulated.suboption(code).filter(IpxeBuild::isOn).isPresent()) {
            features.add(name);
          }
        });
    features.sort(null);
    return new IpxeBuild(encapsulated.suboption(VERSION).map(IpxeBuild::dotted), features);
  }

  public boolean can(String feature) {
    return features.contains(feature);
  }

  /** {@code 1.0.0 without https}: only what surprises is told. */
  public String describe() {
    StringJoiner text = new StringJoiner(" ");
    version.ifPresent(text::add);
    List<String> lacking = List.of("http", "https").stream().filter(each -> !can(each)).toList();
    if (!features.isEmpty() && !lacking.isEmpty()) {
      text.add("without " + String.join(" and ", lacking));
    }
    return text.toString();
  }

  private static boolean isOn(Octets value) {
    return !value.isEmpty() && value.at(0) != 0;
  }

  private static String dotted(Octets value) {
    StringJoiner text = new StringJoiner(".");
    for (int i = 0; i < value.size(); i++) {
      text.add(Integer.toString(value.at(i)));
    }
    return text.toString();
  }
}
