package io.arranque.site;

import io.arranque.address.AddressRange;
import io.arranque.address.Cidr;
import io.arranque.address.Ipv4;
import io.arranque.address.Mac;
import io.arranque.dhcp.packet.OptionSetting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network segment: {@code dhcp/NAME.yaml}.
 *
 * @param name the file's name without ending
 * @param subnet its addresses
 * @param interfaceName the card; empty: the one whose address lies in the subnet
 * @param relayOnly {@code interface: none}: reached through a relay only, no socket is opened for
 *     it
 * @param mode what DHCP does here
 * @param authoritative serve although another DHCP server answers here
 * @param probe ask whether somebody uses an address before it is first offered
 * @param pool addresses given to machines without reservation
 * @param router option 3
 * @param dns option 6
 * @param domain option 15
 * @param leaseTime option 51, at least a minute
 * @param options further options, for every machine here
 * @param reservations fixed addresses
 * @param unknownMachines what machines without a role get
 * @param room machines seen here belong to it unless told otherwise
 * @param vars values for templates
 * @param secrecy which boots are told secrets
 */
public record Segment(
    String name,
    Cidr subnet,
    Optional<String> interfaceName,
    boolean relayOnly,
    Mode mode,
    boolean authoritative,
    boolean probe,
    List<AddressRange> pool,
    Optional<Ipv4> router,
    List<Ipv4> dns,
    Optional<String> domain,
    Duration leaseTime,
    List<OptionSetting> options,
    Map<Mac, Ipv4> reservations,
    UnknownMachines unknownMachines,
    Optional<String> room,
    Map<String, Object> vars,
    Secrecy secrecy) {

  /** The same with these values for templates. */
  Segment with(Map<String, Object> values) {
    return new Segment(
        name,
        subnet,
        interfaceName,
        relayOnly,
        mode,
        authoritative,
        probe,
        pool,
        router,
        dns,
        domain,
        leaseTime,
        options,
        reservations,
        unknownMachines,
        room,
        values,
        secrecy);
  }

  /** One that tells secrets as everywhere. */
  public Segment(
      String name,
      Cidr subnet,
      Optional<String> interfaceName,
      boolean relayOnly,
      Mode mode,
      boolean authoritative,
      boolean probe,
      List<AddressRange> pool,
      Optional<Ipv4> router,
      List<Ipv4> dns,
      Optional<String> domain,
      Duration leaseTime,
      List<OptionSetting> options,
      Map<Mac, Ipv4> reservations,
      UnknownMachines unknownMachines,
      Optional<String> room,
      Map<String, Object> vars) {
    this(
        name,
        subnet,
        interfaceName,
        relayOnly,
        mode,
        authoritative,
        probe,
        pool,
        router,
        dns,
        domain,
        leaseTime,
        options,
        reservations,
        unknownMachines,
        room,
        vars,
        Secrecy.DEFAULT);
  }

  /** With probing, which is the default. */
  public Segment(
      String name,
      Cidr subnet,
      Optional<String> interfaceName,
      boolean relayOnly,
      Mode mode,
      boolean authoritative,
      List<AddressRange> pool,
      Optional<Ipv4> router,
      List<Ipv4> dns,
      Optional<String> domain,
      Duration leaseTime,
      List<OptionSetting> options,
      Map<Mac, Ipv4> reservations,
      UnknownMachines unknownMachines,
      Optional<String> room,
      Map<String, Object> vars) {
    this(
        name,
        subnet,
        interfaceName,
        relayOnly,
        mode,
        authoritative,
        true,
        pool,
        router,
        dns,
        domain,
        leaseTime,
        options,
        reservations,
        unknownMachines,
        room,
        vars);
  }

  /** What DHCP does on a segment. */
  public enum Mode {
    /** Addresses and boot files. */
    SERVER,
    /** Boot files only, beside another server that gives addresses (PXE 2.1 proxyDHCP). */
    PROXY,
    /** Nothing. */
    OFF
  }

  /** What a machine gets that has no role and that no rule matches. */
  public sealed interface UnknownMachines {
    /** It shows its name and waits until somebody assigns it a role. */
    record Discover() implements UnknownMachines {}

    /** No answer at all. */
    record Ignore() implements UnknownMachines {}

    /** This role. */
    record Use(String role) implements UnknownMachines {}
  }
}
