package io.arranque.site;

import io.arranque.address.AddressRange;
import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.site.Segment.Mode;
import io.arranque.site.Segment.UnknownMachines;
import io.arranque.site.YamlNode.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code dhcp/NAME.yaml}: one file to a segment, with the rules that need no other file. */
final class SegmentReader {
  private static final Duration LEASE_TIME_DEFAULT = Duration.ofHours(12);
  private static final Duration LEASE_TIME_MIN = Duration.ofMinutes(1);

  /**
   * Far longer than any term; past it the number is a slip (option 51 itself reaches 136 years).
   */
  private static final Duration LEASE_TIME_MAX = Duration.ofDays(365);

  private static final String NO_INTERFACE = "none";
  private static final ValueType<String> INTERFACE =
      ValueType.matching("not a network card", "a name such as eth1, or none", "[^\\s/:]{1,15}");
  private static final ValueType<Mode> MODE =
      ValueType.oneOf(
          List.of("server", "proxy", "off"), word -> Mode.valueOf(word.toUpperCase(Locale.ROOT)));
  private static final ValueType<UnknownMachines> UNKNOWN_MACHINES =
      new ValueType<>(
          ValueType.NAME.what(),
          "discover, ignore or a role",
          text -> ValueType.NAME.parse().apply(text).map(SegmentReader::unknownMachines));

  private final Fields fields;
  private final Cidr subnet;
  private final Optional<Ipv4> router;
  private final SubnetRules rules;

  private SegmentReader(Fields fields, Cidr subnet) {
    this.fields = fields;
    this.subnet = subnet;
    this.router = fields.scalar("router", ValueType.ADDRESS);
    this.rules = new SubnetRules(fields, subnet, router);
  }

  /** Empty only when the subnet is missing or no subnet; any other error leaves its default. */
  static Optional<Segment> read(String name, Fields fields) {
    // A subnet without which nothing fits: the other values are still read, against any subnet.
    Optional<Cidr> subnet = fields.required("subnet", ValueType.SUBNET);
    if (subnet.filter(s -> s.prefix() < 8 || s.prefix() > 30).isPresent()) {
      fields.error(
          "subnet",
          "no room for machines, wanted a prefix of 8 to 30, got /" + subnet.get().prefix());
    }
    Segment segment = new SegmentReader(fields, subnet.orElse(new Cidr(Ipv4.ANY, 0))).segment(name);
    fields.finish();
    return subnet.map(known -> segment);
  }

  private Segment segment(String name) {
    Optional<String> interfaceName = fields.scalar("interface", INTERFACE);
    boolean relayOnly = interfaceName.filter(NO_INTERFACE::equals).isPresent();
    Mode mode = fields.scalar("mode", MODE).orElse(Mode.SERVER);
    Segment segment =
        new Segment(
            name,
            subnet,
            interfaceName.filter(card -> !relayOnly),
            relayOnly,
            mode,
            fields.scalar("authoritative", ValueType.FLAG).orElse(false),
            fields.scalar("probe", ValueType.FLAG).orElse(true),
            pool(mode),
            router,
            fields.list("dns", ValueType.ADDRESS).stream().map(Located::value).toList(),
            fields.scalar("domain", ValueType.DOMAIN),
            leaseTime(),
            OptionsReader.read(OptionRules.Place.SEGMENT, fields.section("options")),
            reservations(fields.section("reservations")),
            fields
                .scalar("unknown-machines", UNKNOWN_MACHINES)
                .orElse(new UnknownMachines.Discover()),
            fields.scalar("room", ValueType.NAME),
            Vars.read(fields),
            Secrecy.read(fields));
    rules.checkRouter();
    if (mode == Mode.SERVER && !fields.has("pool") && segment.reservations().isEmpty()) {
      fields.warning(
          "pool",
          "missing, wanted addresses to give away: only machines with a reservation get one");
    }
    return segment;
  }

  private List<AddressRange> pool(Mode mode) {
    List<Located<AddressRange>> pool = fields.list("pool", ValueType.RANGE);
    rules.checkPool(pool);
    if (mode == Mode.PROXY && !pool.isEmpty()) {
      fields.warning(
          "pool", "not used with mode: proxy, wanted none: the other DHCP server gives addresses");
    }
    return pool.stream().map(Located::value).toList();
  }

  private Duration leaseTime() {
    Duration leaseTime = fields.scalar("lease-time", ValueType.DURATION).orElse(LEASE_TIME_DEFAULT);
    if (leaseTime.compareTo(LEASE_TIME_MIN) < 0) {
      fields.error(
          "lease-time", "too short, wanted at least 1m, got " + leaseTime.toSeconds() + "s");
    } else if (leaseTime.compareTo(LEASE_TIME_MAX) > 0) {
      fields.error("lease-time", "too long, wanted at most 365d, got " + leaseTime.toDays() + "d");
    }
    return leaseTime;
  }

  private Map<Mac, Ipv4> reservations(Fields section) {
    List<Located<Map.Entry<Mac, Ipv4>>> read = new ArrayList<>();
    for (Entry entry : section.entries()) {
      Optional<Mac> mac = ValueType.MAC.parse().apply(entry.key());
      if (mac.isEmpty()) {
        section.error(entry.key(), ValueType.MAC.refusal(entry.key()));
      }
      Optional<Ipv4> address = section.scalar(entry.key(), ValueType.ADDRESS);
      if (mac.isPresent() && address.isPresent()) {
        String path = section.keyPath(entry.key());
        read.add(new Located<>(Map.entry(mac.get(), address.get()), entry.line(), path));
      }
    }
    rules.checkReservations(read);
    Map<Mac, Ipv4> reservations = new LinkedHashMap<>();
    read.forEach(one -> reservations.put(one.value().getKey(), one.value().getValue()));
    return Collections.unmodifiableMap(reservations);
  }

  private static UnknownMachines unknownMachines(String word) {
    return switch (word) {
      case "discover" -> new UnknownMachines.Discover();
      case "ignore" -> new UnknownMachines.Ignore();
      default -> new UnknownMachines.Use(word);
    };
  }
}
