package io.arranque.web.views;

import io.arranque.dhcp.Conflict;
import io.arranque.dhcp.OtherServer;
import io.arranque.dhcp.PoolUse;
import io.arranque.dhcp.Surroundings;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.site.Segment;
import java.util.List;
import java.util.Locale;

/** What page and API show of the wire; the empty text means "not known". */
public final class NetworkViews {
  private NetworkViews() {}

  public record ServerView(
      String address,
      String mac,
      boolean givesAddresses,
      boolean answeredUs,
      boolean present,
      String offers,
      String router,
      String bootFile,
      String firstSeen,
      String lastSeen) {}

  public record PoolView(
      long size, long used, long free, long leased, long offered, long quarantined) {
    static final PoolView NONE = new PoolView(0, 0, 0, 0, 0, 0);
  }

  public record ConflictView(
      String address,
      String segment,
      String holder,
      String found,
      String machine,
      String id,
      String name,
      String at) {}

  static List<ServerView> servers(Segment segment, Surroundings surroundings) {
    return surroundings.servers().stream()
        .filter(server -> server.segment().equals(segment.name()))
        .map(NetworkViews::server)
        .toList();
  }

  private static ServerView server(OtherServer server) {
    return new ServerView(
        server.address().toString(),
        Views.text(server.mac()),
        server.givesAddresses(),
        server.answeredUs(),
        server.present(),
        Views.text(server.offers()),
        Views.text(server.router()),
        server.bootFile().orElse(""),
        Views.text(server.firstSeen()),
        Views.text(server.lastSeen()));
  }

  static PoolView pool(Segment segment, Surroundings surroundings) {
    return surroundings.pools().stream()
        .filter(pool -> pool.segment().equals(segment.name()))
        .findFirst()
        .map(NetworkViews::pool)
        .orElse(PoolView.NONE);
  }

  private static PoolView pool(PoolUse use) {
    return new PoolView(
        use.size(), use.used(), use.free(), use.leased(), use.offered(), use.quarantined());
  }

  /** The newest first. */
  static List<ConflictView> conflicts(Surroundings surroundings, Inventory inventory) {
    return surroundings.conflicts().stream().map(c -> conflict(c, inventory)).toList();
  }

  private static ConflictView conflict(Conflict conflict, Inventory inventory) {
    return new ConflictView(
        conflict.address().toString(),
        conflict.segment(),
        Views.text(conflict.holder()),
        conflict.found().name().toLowerCase(Locale.ROOT),
        conflict.machine().toString(),
        conflict.machine().hyphenated(),
        inventory.machine(conflict.machine()).map(Machine::hostname).orElse(""),
        Views.text(conflict.at()));
  }
}
