package io.arranque.site;

import io.arranque.dhcp.packet.DhcpOption;
import io.arranque.site.Quirk.Place;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The table of firmware's habits, in the order in which its rows apply: {@code dhcp/quirks.yaml}.
 */
public final class Quirks {
  /** For a site that serves nobody. */
  public static final Quirks NONE = new Quirks(List.of());

  /** Firmware is of a few kinds; beyond this nothing new is kept. */
  private static final int MOST = 256;

  private final List<Quirk> rows;

  /** What was merged already, by the rows that matched. */
  private final Map<BitSet, Treatment> merged = new ConcurrentHashMap<>();

  public Quirks(List<Quirk> rows) {
    this.rows = List.copyOf(rows);
  }

  public List<Quirk> rows() {
    return rows;
  }

  /** The table that is packed into the program. */
  public static Quirks builtIn() {
    return QuirksReader.read(Optional.empty());
  }

  /** What all rows that match come to; of two that say different things the later wins. */
  public Treatment of(Quirk.Subject subject) {
    BitSet matching = new BitSet(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).when().matches(subject)) {
        matching.set(i);
      }
    }
    if (matching.isEmpty()) {
      return Treatment.PLAIN;
    }
    Treatment known = merged.get(matching);
    if (known != null) {
      return known;
    }
    Treatment made = merge(matching.stream().mapToObj(rows::get).toList());
    if (merged.size() < MOST) {
      merged.put(matching, made);
    }
    return made;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Quirks quirks && rows.equals(quirks.rows);
  }

  @Override
  public int hashCode() {
    return rows.hashCode();
  }

  @Override
  public String toString() {
    return rows.toString();
  }

  private static Treatment merge(List<Quirk> matching) {
    Map<Integer, DhcpOption> options = new LinkedHashMap<>();
    Map<Integer, String> origins = new LinkedHashMap<>();
    Treatment merged = Treatment.PLAIN;
    for (Quirk row : matching) {
      for (DhcpOption option : row.options()) {
        options.put(option.code(), option);
        origins.put(option.code(), row.name());
      }
      merged = merged.with(row);
    }
    return new Treatment(
        List.copyOf(options.values()),
        Map.copyOf(origins),
        merged.bootFile(),
        merged.serverName(),
        merged.messageSizeMax(),
        merged.overload(),
        merged.broadcast(),
        merged.terminatedText());
  }

  /**
   * How one client is to be treated.
   *
   * @param options further options, each once
   * @param origins which row each of them came from, by option code
   */
  public record Treatment(
      List<DhcpOption> options,
      Map<Integer, String> origins,
      Place bootFile,
      Place serverName,
      Optional<Integer> messageSizeMax,
      boolean overload,
      boolean broadcast,
      boolean terminatedText) {
    /** As the RFCs have it: the name in both places, our address as siaddr alone. */
    static final Treatment PLAIN =
        new Treatment(
            List.of(), Map.of(), Place.BOTH, Place.NONE, Optional.empty(), true, false, false);

    private Treatment with(Quirk row) {
      return new Treatment(
          options,
          origins,
          row.bootFile().orElse(bootFile),
          row.serverName().orElse(serverName),
          row.messageSizeMax().or(() -> messageSizeMax),
          row.overload().orElse(overload),
          row.broadcast().orElse(broadcast),
          row.terminatedText().orElse(terminatedText));
    }
  }
}
