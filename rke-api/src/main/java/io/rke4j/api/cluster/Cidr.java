package io.rke4j.api.cluster;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A block of IPv4 or IPv6 addresses, for example {@code 10.43.0.0/16} or {@code fd98::/108}.
 *
 * @param value the block as {@code address/bits}; the address has no bits set outside the prefix
 */
public record Cidr(String value) {

  /** Checks form and range. */
  public Cidr {
    Optional<IpNumber> start =
        value.matches("[0-9A-Fa-f:.]{2,45}/\\d{1,3}")
            ? IpNumber.parse(value.substring(0, value.indexOf('/')))
            : Optional.empty();
    if (start.isEmpty()) {
      throw new IllegalArgumentException("'" + value + "' is not a CIDR such as 10.42.0.0/16");
    }
    IpNumber first = start.get();
    int length = Integer.parseInt(value.substring(value.indexOf('/') + 1));
    if (length > first.bits()) {
      throw new IllegalArgumentException(
          "'" + value + "' has a prefix longer than " + first.bits() + " bits");
    }
    if (!first.prefix(length).equals(first.value())) {
      throw new IllegalArgumentException(
          "'"
              + value
              + "' has bits set behind the prefix; its block starts at "
              + new IpNumber(first.prefix(length), first.bits())
              + "/"
              + length);
    }
  }

  /** The length of the prefix in bits. */
  public int prefix() {
    return Integer.parseInt(value.substring(value.indexOf('/') + 1));
  }

  /** Whether its addresses are of IPv6. */
  public boolean isIpv6() {
    return value.contains(":");
  }

  /** How many bits tell its addresses apart. */
  int freeBits() {
    return (isIpv6() ? IpNumber.IPV6 : IpNumber.IPV4) - prefix();
  }

  /**
   * The address at an offset from the start of the block: 1 is the {@code kubernetes} service of a
   * service CIDR, 10 by custom its DNS server.
   *
   * @throws IllegalArgumentException if the block is too small
   */
  public String address(int offset) {
    if (offset < 0 || BigInteger.valueOf(offset).bitLength() > freeBits()) {
      throw new IllegalArgumentException(value + " has no address number " + offset);
    }
    return new IpNumber(first().value().add(BigInteger.valueOf(offset)), first().bits()).toString();
  }

  /** Whether an address lies in this block. */
  public boolean contains(String address) {
    Optional<IpNumber> other = IpNumber.parse(address);
    return other.isPresent()
        && other.get().bits() == first().bits()
        && other.get().prefix(prefix()).equals(first().value());
  }

  /** Whether the two blocks share an address. */
  public boolean overlaps(Cidr other) {
    int shared = Math.min(prefix(), other.prefix());
    return isIpv6() == other.isIpv6()
        && first().prefix(shared).equals(other.first().prefix(shared));
  }

  /**
   * The zones of DNS that have the names of these addresses; several if the block does not end with
   * a label of such a zone.
   */
  public List<String> reverseZones() {
    return first().zones(prefix());
  }

  private IpNumber first() {
    return IpNumber.parse(value.substring(0, value.indexOf('/'))).orElseThrow();
  }

  @Override
  public String toString() {
    return value;
  }
}
