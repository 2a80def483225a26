package io.arranque.site;

import io.arranque.address.Mac;
import io.arranque.dhcp.packet.DhcpOption;
import java.util.List;
import java.util.Optional;

/**
 * A habit of some firmware and what is done about it: one row of {@code dhcp/quirks.yaml}.
 *
 * @param name of the row; a site's row replaces the built-in one of the same name
 * @param when whom it is about
 * @param options sent beside the others, with a boot file or to clients that boot nothing
 * @param bootFile where the boot file's name stands
 * @param serverName where our address stands as the name of the TFTP server
 * @param messageSizeMax octets of an IP datagram that it can take, whatever it says in option 57
 * @param overload whether it finds options in the header's two text fields
 * @param broadcast whether replies must be broadcast although it does not ask for that
 * @param terminatedText whether text options must end in a NUL
 */
public record Quirk(
    String name,
    When when,
    List<DhcpOption> options,
    Optional<Place> bootFile,
    Optional<Place> serverName,
    Optional<Integer> messageSizeMax,
    Optional<Boolean> overload,
    Optional<Boolean> broadcast,
    Optional<Boolean> terminatedText) {

  public Quirk {
    options = List.copyOf(options);
  }

  /** The fixed field of the BOOTP header, the option, both of them, or neither. */
  public enum Place {
    FIELD,
    OPTION,
    BOTH,
    NONE;

    public boolean inField() {
      return this == FIELD || this == BOTH;
    }

    public boolean inOption() {
      return this == OPTION || this == BOTH;
    }
  }

  /**
   * Conditions, all of which must hold; an empty one always does.
   *
   * @param clients {@code pxe}, {@code http-boot}, {@code ipxe}, {@code other}
   * @param architectures values of option 93
   * @param vendorClass a glob for option 60
   * @param vendor a glob for the maker, as far as the machine told it in an earlier boot
   * @param model a glob for the model, likewise
   * @param mac a glob such as {@code 00:0c:29:*}
   * @param address whether the reply gives an address or only a boot file
   */
  public record When(
      List<String> clients,
      List<Integer> architectures,
      Optional<String> vendorClass,
      Optional<String> vendor,
      Optional<String> model,
      Optional<String> mac,
      Optional<Boolean> address) {

    public When {
      clients = List.copyOf(clients);
      architectures = List.copyOf(architectures);
    }

    boolean matches(Subject subject) {
      return (clients.isEmpty() || clients.contains(subject.client()))
          && (address.isEmpty() || address.get() == subject.address())
          && (architectures.isEmpty()
              || subject.architecture().filter(architectures::contains).isPresent())
          && matches(vendorClass, subject.vendorClass())
          && matches(vendor, subject.vendor())
          && matches(model, subject.model())
          && (mac.isEmpty() || Glob.matches(mac.get(), subject.mac().toString()));
    }

    private static boolean matches(Optional<String> glob, Optional<String> value) {
      return glob.isEmpty() || value.filter(text -> Glob.matches(glob.get(), text)).isPresent();
    }
  }

  /** Whom a reply is for, in the words of the table. */
  public record Subject(
      String client,
      Optional<Integer> architecture,
      Optional<String> vendorClass,
      Optional<String> vendor,
      Optional<String> model,
      Mac mac,
      boolean address) {}
}
