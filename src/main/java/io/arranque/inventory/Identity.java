package io.arranque.inventory;

import io.arranque.address.Mac;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a MAC that nobody entered looks like a further network card of a machine that people
 * know: a new card, or a dock. A hint for people and never more: whoever boots a PC can write any
 * UUID and serial into what it tells. So nothing is merged by itself.
 */
public final class Identity {
  /** A machine has not more cards than this; so many with one UUID are a batch of cheap boards. */
  private static final int MOST_CARDS = 4;

  /** Two that are on the wire within this time are two machines. */
  private static final Duration AT_ONCE = Duration.ofMinutes(2);

  /** What boards say whose maker never wrote a serial number into them. */
  private static final Set<String> OF_NOBODY =
      Set.of(
          "0",
          "none",
          "default string",
          "not specified",
          "not applicable",
          "system serial number",
          "to be filled by o.e.m.",
          "123456789",
          "0123456789",
          "00000000");

  private Identity() {}

  /** By what a machine is taken for another. */
  public enum Basis {
    UUID,
    SERIAL
  }

  /**
   * A MAC that waits until somebody says whose it is.
   *
   * @param mac which
   * @param known the machine that it may belong to
   * @param basis by what
   */
  public record Pending(Mac mac, Machine known, Basis basis) {}

  /**
   * One thing that both told, or one of them.
   *
   * @param what its name, as the API writes it
   * @param here what the new MAC came with; empty: nothing
   * @param there what is known of the machine; empty: nothing
   */
  public record Evidence(String what, String here, String there) {
    /** Whether both are known and the same. */
    public boolean agrees() {
      return !here.isEmpty() && here.equalsIgnoreCase(there);
    }

    /** Whether both are known and not the same. */
    public boolean differs() {
      return !here.isEmpty() && !there.isEmpty() && !agrees();
    }
  }

  /**
   * The machine that this one looks like, with another card. Asked for each packet of a machine
   * that nobody entered.
   */
  public static Optional<Pending> pending(Inventory inventory, Machine machine) {
    if (isEntered(machine)) {
      return Optional.empty();
    }
    Hardware hardware = machine.hardware();
    Optional<Pending> found =
        hardware.identity().isPresent()
            ? only(inventory, machine, inventory.machinesWith(hardware.identity().get()))
                .map(known -> new Pending(machine.mac(), known, Basis.UUID))
            : Optional.empty();
    if (found.isPresent() || !hasSerial(hardware)) {
      return found;
    }
    return only(inventory, machine, inventory.machinesWithSerial(hardware.serial().orElseThrow()))
        .filter(known -> isSameModel(hardware, known.hardware()))
        .map(known -> new Pending(machine.mac(), known, Basis.SERIAL));
  }

  /** What speaks for it and against it. */
  public static List<Evidence> evidence(Machine here, Machine there) {
    List<Evidence> evidence = new ArrayList<>();
    Hardware ours = here.hardware();
    Hardware its = there.hardware();
    add(evidence, "uuid", ours.uuid(), its.uuid());
    add(evidence, "serial", ours.serial(), its.serial());
    add(evidence, "vendor", ours.vendor(), its.vendor());
    add(evidence, "model", ours.model(), its.model());
    add(evidence, "firmware", ours.firmware(), its.firmware());
    add(evidence, "memory", ours.memory(), its.memory());
    add(evidence, "cpus", ours.cpus(), its.cpus());
    add(evidence, "segment", here.segment(), there.segment());
    add(
        evidence,
        "port",
        here.switchPort().map(Identity::port),
        there.switchPort().map(Identity::port));
    return List.copyOf(evidence);
  }

  private static String port(SwitchPort port) {
    return (port.device() + " " + port.port()).strip();
  }

  private static void add(
      List<Evidence> evidence, String what, Optional<?> here, Optional<?> there) {
    String ours = here.map(Object::toString).orElse("");
    String its = there.map(Object::toString).orElse("");
    if (!ours.isEmpty() || !its.isEmpty()) {
      evidence.add(new Evidence(what, ours, its));
    }
  }

  /** The one entered machine among them, unless something says that it is another. */
  private static Optional<Machine> only(
      Inventory inventory, Machine machine, Collection<Mac> macs) {
    if (macs.size() > MOST_CARDS) {
      return Optional.empty();
    }
    Machine only = null;
    for (Mac mac : macs) {
      Optional<Machine> other = inventory.machine(mac);
      if (other.isEmpty() || other.get().mac().equals(machine.mac()) || !isEntered(other.get())) {
        continue;
      }
      if (only != null) {
        return Optional.empty();
      }
      only = other.get();
    }
    return Optional.ofNullable(only)
        .filter(known -> !inventory.isApart(machine.mac(), known.mac()))
        .filter(known -> !isAtOnce(machine, known))
        .filter(known -> !isOtherSerial(machine.hardware(), known.hardware()));
  }

  static boolean isEntered(Machine machine) {
    return !machine.assignment().equals(Machine.Assignment.NONE);
  }

  private static boolean isAtOnce(Machine machine, Machine known) {
    Optional<Instant> here = machine.lastSeen();
    Optional<Instant> there = known.lastSeen();
    return here.isPresent()
        && there.isPresent()
        && Duration.between(there.get(), here.get()).abs().compareTo(AT_ONCE) < 0;
  }

  /** Boards that share a UUID may at least have a serial number each. */
  private static boolean isOtherSerial(Hardware here, Hardware there) {
    return hasSerial(here) && hasSerial(there) && !here.serial().equals(there.serial());
  }

  private static boolean isSameModel(Hardware here, Hardware there) {
    return here.vendor().isPresent()
        && here.vendor().equals(there.vendor())
        && here.model().isPresent()
        && here.model().equals(there.model());
  }

  private static boolean hasSerial(Hardware hardware) {
    return hardware.serial().isPresent()
        && !OF_NOBODY.contains(hardware.serial().get().strip().toLowerCase(Locale.ROOT));
  }
}
