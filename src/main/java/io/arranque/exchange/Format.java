package io.arranque.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of files that name machines. */
public enum Format {
  CSV("csv", "text/csv", "csv", true),
  YAML("yaml", "application/yaml", "yaml", true),
  /** ISC dhcpd.conf: the host blocks. */
  DHCPD("dhcpd", "text/plain", "conf", true),
  /** dnsmasq: {@code dhcp-host=} lines, or those of a {@code dhcp-hostsfile}. */
  DNSMASQ("dnsmasq", "text/plain", "conf", true),
  /** {@code /etc/ethers}. */
  ETHERS("ethers", "text/plain", "txt", true),
  /** What {@code ip neigh}, {@code arp} or {@code /proc/net/arp} shows. */
  ARP("arp", "text/plain", "txt", false),
  DHCPD_LEASES("dhcpd-leases", "text/plain", "txt", false),
  DNSMASQ_LEASES("dnsmasq-leases", "text/plain", "txt", false);

  private final String label;
  private final String mediaType;
  private final String ending;
  private final boolean written;

  Format(String label, String mediaType, String ending, boolean written) {
    this.label = label;
    this.mediaType = mediaType;
    this.ending = ending;
    this.written = written;
  }

  /** The word for it in the API, on the page and on the command line. */
  public String label() {
    return label;
  }

  public String mediaType() {
    return mediaType;
  }

  /** How the names of such files end, without the dot. */
  public String ending() {
    return ending;
  }

  /** Whether it can be exported too. */
  public boolean isWritten() {
    return written;
  }

  public static Optional<Format> named(String label) {
    return Arrays.stream(values()).filter(format -> format.label.equals(label)).findFirst();
  }

  /** Those that can be exported. */
  public static List<Format> exports() {
    return Arrays.stream(values()).filter(Format::isWritten).toList();
  }
}
