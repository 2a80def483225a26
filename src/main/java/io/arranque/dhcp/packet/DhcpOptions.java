package io.arranque.dhcp.packet;

import io.arranque.address.Ipv4;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The options of one message, each code at most once, in the order in which they are written.
 *
 * <p>Equality does not look at the order: it has no meaning, and the codec moves options 53 and 82.
 */
public final class DhcpOptions implements Iterable<DhcpOption> {
  public static final DhcpOptions EMPTY = new DhcpOptions(new LinkedHashMap<>());

  /** Never changed after construction. */
  private final Map<Integer, DhcpOption> byCode;

  private DhcpOptions(Map<Integer, DhcpOption> byCode) {
    this.byCode = byCode;
  }

  /** Of two with the same code the later wins. */
  public static DhcpOptions of(DhcpOption... options) {
    return of(Arrays.asList(options));
  }

  /** Of two with the same code the later wins. */
  public static DhcpOptions of(Collection<DhcpOption> options) {
    return EMPTY.with(options);
  }

  /** These with {@code option} instead of the one of the same code, or after the last. */
  public DhcpOptions with(DhcpOption option) {
    return with(Arrays.asList(option));
  }

  /** These with all of {@code options}; an option that replaces another takes its place. */
  public DhcpOptions with(Collection<DhcpOption> options) {
    Map<Integer, DhcpOption> copy = new LinkedHashMap<>(byCode);
    options.forEach(option -> copy.put(option.code(), option));
    return new DhcpOptions(copy);
  }

  public DhcpOptions without(int code) {
    Map<Integer, DhcpOption> copy = new LinkedHashMap<>(byCode);
    copy.remove(code);
    return new DhcpOptions(copy);
  }

  public Optional<DhcpOption> option(int code) {
    return Optional.ofNullable(byCode.get(code));
  }

  public boolean contains(int code) {
    return byCode.containsKey(code);
  }

  public int size() {
    return byCode.size();
  }

  /** The value as on the wire, whatever its shape. */
  public Optional<Octets> octets(int code) {
    return option(code).map(DhcpOption::encode);
  }

  /** Empty also when the option's value is not text. */
  public Optional<String> text(int code) {
    return as(code, DhcpOption.Text.class).map(DhcpOption.Text::text);
  }

  /** Empty also when the option's value is not one address. */
  public Optional<Ipv4> address(int code) {
    return as(code, DhcpOption.Address.class).map(DhcpOption.Address::address);
  }

  /** Empty also when the option's value is not a number of the width the code wants. */
  public OptionalLong number(int code) {
    return as(code, DhcpOption.Number.class)
        .map(number -> OptionalLong.of(number.value()))
        .orElse(OptionalLong.empty());
  }

  /** The option when it has that shape. */
  public <T extends DhcpOption> Optional<T> as(int code, Class<T> shape) {
    return option(code).filter(shape::isInstance).map(shape::cast);
  }

  public Stream<DhcpOption> stream() {
    return byCode.values().stream();
  }

  /** Read-only. */
  @Override
  public Iterator<DhcpOption> iterator() {
    return stream().iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DhcpOptions o && byCode.equals(o.byCode);
  }

  @Override
  public int hashCode() {
    return byCode.hashCode();
  }

  @Override
  public String toString() {
    return byCode.values().toString();
  }
}
