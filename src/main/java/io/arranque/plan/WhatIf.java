package io.arranque.plan;

import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.inventory.Inventory;
import io.arranque.inventory.Machine;
import io.arranque.site.Segment;
import io.arranque.site.Site;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * As what and from where a machine is supposed to ask, when nobody asks now: the page, {@code
 * explain} and the API all put their questions through here, so that they mean the same machine in
 * the same place.
 *
 * @param kind what program asks
 * @param architecture DHCP option 93; empty: as its firmware last named it, else BIOS
 * @param segment a segment's name; empty: where it was last seen, or the only one there is
 */
public record WhatIf(Client.Kind kind, Optional<Integer> architecture, Optional<String> segment) {
  /** Its firmware, where it was last seen. */
  public static final WhatIf AS_IT_IS =
      new WhatIf(Client.Kind.PXE, Optional.empty(), Optional.empty());

  /**
   * The planner's input.
   *
   * @param serverAddress our own address as machines of a segment see it
   */
  public PlanRequest about(
      Mac mac, Site site, Inventory inventory, Function<Optional<Segment>, Ipv4> serverAddress) {
    Machine machine = inventory.machine(mac).orElseGet(() -> Machine.unknown(mac));
    Optional<Segment> where = segment(machine, site);
    return new PlanRequest(
        site,
        inventory,
        new Client(mac, kind, Optional.of(architecture(machine)), machine.hardware()),
        new Reach(where, serverAddress.apply(where), machine.address(), Optional.empty()));
  }

  /** What option 93 says. */
  public int architecture(Machine machine) {
    return architecture
        .or(() -> machine.hardware().firmware().flatMap(WhatIf::architectureOf))
        .orElse(Firmware.BIOS.architecture());
  }

  /** Empty when it cannot be told: a machine that nobody has seen, and several segments. */
  public Optional<Segment> segment(Machine machine, Site site) {
    if (segment.isPresent()) {
      return segment.flatMap(name -> Optional.ofNullable(site.segments().get(name)));
    }
    return machine
        .segment()
        .flatMap(name -> Optional.ofNullable(site.segments().get(name)))
        .or(() -> machine.address().flatMap(site::segmentOf))
        .or(
            () ->
                site.segments().size() == 1
                    ? site.segments().values().stream().findFirst()
                    : Optional.empty());
  }

  /** By the word for the firmware, e.g. {@code uefi-x64}, or by option 93's number. */
  public static Optional<Integer> architectureOf(String text) {
    Optional<Integer> named =
        Arrays.stream(Firmware.values())
            .filter(f -> f.label().equals(text))
            .findFirst()
            .map(Firmware::architecture);
    return named.isEmpty() && text.matches("[0-9]{1,5}")
        ? Optional.of(Integer.valueOf(text)).filter(number -> number <= 0xffff)
        : named;
  }
}
