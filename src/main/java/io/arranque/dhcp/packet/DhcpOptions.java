package io.arranque.dhcp.packet;

import io.arranque.address.Ipv4;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The options of one message, each code at most once, in the order in which they are written.
 *
 * <p>What came over the wire is understood each time it is asked for: of a client's options a
 * server reads a few, and echoes others as they are.
 *
 * <p>Equality does not look at the order: it has no meaning, and the codec moves options 53 and 82.
 */
public final class DhcpOptions implements Iterable<DhcpOption> {
  public static final DhcpOptions EMPTY = new DhcpOptions(new byte[0], new Object[0]);

  private final byte[] codes;

  /** Each a {@link DhcpOption}, or {@link Octets} as they came; never changed. */
  private final Object[] values;

  private DhcpOptions(byte[] codes, Object[] values) {
    this.codes = codes;
    this.values = values;
  }

  /** Takes the arrays as they are. */
  static DhcpOptions of(byte[] codes, Object[] values) {
    return new DhcpOptions(codes, values);
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
    return with(List.of(option));
  }

  /** These with all of {@code options}; an option that replaces another takes its place. */
  public DhcpOptions with(Collection<DhcpOption> options) {
    OptionsDraft list = new OptionsDraft(this);
    options.forEach(list::put);
    return list.toOptions();
  }

  public DhcpOptions without(int code) {
    return keep(IntStream.range(0, codes.length).filter(i -> codes[i] != (byte) code).toArray());
  }

  /** Those of these codes, untouched. */
  DhcpOptions only(int... wanted) {
    int[] found = new int[codes.length];
    int size = 0;
    for (int i = 0; i < codes.length; i++) {
      for (int code : wanted) {
        if (codes[i] == (byte) code) {
          found[size++] = i;
        }
      }
    }
    return keep(Arrays.copyOf(found, size));
  }

  public Optional<DhcpOption> option(int code) {
    int at = OptionsDraft.find(codes, codes.length, code);
    return at < 0 ? Optional.empty() : Optional.of(understood(at));
  }

  public boolean contains(int code) {
    return OptionsDraft.find(codes, codes.length, code) >= 0;
  }

  public int size() {
    return codes.length;
  }

  /** The value as on the wire, whatever its shape. */
  public Optional<Octets> octets(int code) {
    int at = OptionsDraft.find(codes, codes.length, code);
    return at < 0 ? Optional.empty() : Optional.of(encoded(at));
  }

  /** Empty also when the option's value is not text. */
  public Optional<String> text(int code) {
    int at = OptionsDraft.find(codes, codes.length, code);
    if (at < 0) {
      return Optional.empty();
    }
    if (values[at] instanceof Octets octets) {
      return OptionCode.of(code).shape() == Shape.TEXT ? octets.text() : Optional.empty();
    }
    return values[at] instanceof DhcpOption.Text text ? Optional.of(text.text()) : Optional.empty();
  }

  /** Empty also when the option's value is not one address. */
  public Optional<Ipv4> address(int code) {
    Optional<DhcpOption.Address> found = as(code, DhcpOption.Address.class);
    return found.isPresent() ? Optional.of(found.get().address()) : Optional.empty();
  }

  /** Empty also when the option's value is not a number of the width the code wants. */
  public OptionalLong number(int code) {
    return as(code, DhcpOption.Number.class)
        .map(number -> OptionalLong.of(number.value()))
        .orElse(OptionalLong.empty());
  }

  /** The value of an option of one octet; -1 when there is none such. */
  int octet(int code) {
    int at = OptionsDraft.find(codes, codes.length, code);
    if (at < 0) {
      return -1;
    }
    Octets value = encoded(at);
    return value.size() == 1 ? value.at(0) : -1;
  }

  /** The option when it has that shape. */
  public <T extends DhcpOption> Optional<T> as(int code, Class<T> shape) {
    int at = OptionsDraft.find(codes, codes.length, code);
    if (at < 0) {
      return Optional.empty();
    }
    DhcpOption option = understood(at);
    return shape.isInstance(option) ? Optional.of(shape.cast(option)) : Optional.empty();
  }

  public Stream<DhcpOption> stream() {
    return IntStream.range(0, codes.length).mapToObj(this::understood);
  }

  /** Read-only. */
  @Override
  public Iterator<DhcpOption> iterator() {
    return new EachReader();
  }

  private final class EachReader implements Iterator<DhcpOption> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < codes.length;
    }

    @Override
    public DhcpOption next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return understood(next++);
    }
  }

  int code(int at) {
    return codes[at] & 0xff;
  }

  /** The value as on the wire, of the option at this place. */
  Octets encoded(int at) {
    Object value = values[at];
    return value instanceof Octets octets ? octets : ((DhcpOption) value).encode();
  }

  /** A copy with room for {@code length}. */
  byte[] codes(int length) {
    return Arrays.copyOf(codes, length);
  }

  /** A copy with room for {@code length}. */
  Object[] values(int length) {
    return Arrays.copyOf(values, length);
  }

  private DhcpOption understood(int at) {
    Object value = values[at];
    return value instanceof Octets octets
        ? DhcpOption.decode(code(at), octets)
        : (DhcpOption) value;
  }

  private DhcpOptions keep(int[] places) {
    byte[] keptCodes = new byte[places.length];
    Object[] keptValues = new Object[places.length];
    for (int i = 0; i < places.length; i++) {
      keptCodes[i] = codes[places[i]];
      keptValues[i] = values[places[i]];
    }
    return new DhcpOptions(keptCodes, keptValues);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DhcpOptions o
        && o.codes.length == codes.length
        && stream().allMatch(option -> o.option(option.code()).filter(option::equals).isPresent());
  }

  @Override
  public int hashCode() {
    return stream().mapToInt(DhcpOption::hashCode).sum();
  }

  @Override
  public String toString() {
    return stream().toList().toString();
  }
}
