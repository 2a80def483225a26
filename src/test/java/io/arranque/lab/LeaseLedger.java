package io.arranque.lab;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server has acknowledged, and every time that it broke its word. */
final class LeaseLedger {
  private final Map<Mac, Ipv4> addresses = new HashMap<>();
  private final Map<Ipv4, Mac> owners = new HashMap<>();
  private final List<String> broken = new ArrayList<>();
  private int acknowledgements;
  private int granted;

  Optional<Ipv4> of(Mac mac) {
    return Optional.ofNullable(addresses.get(mac));
  }

  void acknowledged(Mac mac, Ipv4 address) {
    acknowledgements++;
    Ipv4 before = addresses.get(mac);
    granted += before == null ? 1 : 0;
    if (before != null && !before.equals(address)) {
      broken.add(mac + " had " + before + " and got " + address);
      owners.remove(before);
    }
    Mac owner = owners.put(address, mac);
    if (owner != null && !owner.equals(mac)) {
      broken.add(address + " belonged to " + owner + " and was given to " + mac);
      addresses.remove(owner);
    }
    addresses.put(mac, address);
  }

  void released(Mac mac) {
    owners.remove(addresses.remove(mac));
  }

  /** A machine that asked to prolong or to have what it was offered. */
  void refused(Mac mac) {
    Ipv4 address = addresses.remove(mac);
    if (address != null) {
      owners.remove(address);
      broken.add(mac + " had " + address + " and was refused it");
    }
  }

  Map<Mac, Ipv4> all() {
    return Map.copyOf(addresses);
  }

  int acknowledgements() {
    return acknowledgements;
  }

  /** Acknowledgements to machines that had no lease. */
  int granted() {
    return granted;
  }

  /** Leases lost and addresses given twice, a line each. */
  List<String> broken() {
    return List.copyOf(broken);
  }
}
