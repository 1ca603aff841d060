package io.rke4j.api.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of IPv4 addresses, for example {@code 10.43.0.0/16}.
 *
 * @param value the block as {@code address/bits}; the address has no bits set outside the prefix
 */
public record Cidr(String value) {

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  /** Checks form and range. */
  public Cidr {
    Matcher matcher = FORM.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + value + "' is not an IPv4 CIDR such as 10.42.0.0/16");
    }
    for (int group = 1; group <= 4; group++) {
      if (Integer.parseInt(matcher.group(group)) > 255) {
        throw new IllegalArgumentException("'" + value + "' has a number above 255");
      }
    }
    int bits = Integer.parseInt(matcher.group(5));
    if (bits > 32) {
      throw new IllegalArgumentException("'" + value + "' has a prefix longer than 32 bits");
    }
    long base = parse(value.substring(0, value.indexOf('/')));
    if ((base & ~mask(bits)) != 0) {
      throw new IllegalArgumentException(
          "'"
              + value
              + "' has bits set behind the prefix; its block starts at "
              + format(base & mask(bits))
              + "/"
              + bits);
    }
  }

  /** The length of the prefix in bits. */
  public int prefix() {
    return Integer.parseInt(value.substring(value.indexOf('/') + 1));
  }

  /**
   * The address at an offset from the start of the block: 1 is the {@code kubernetes} service of a
   * service CIDR, 10 by custom its DNS server.
   *
   * @throws IllegalArgumentException if the block is too small
   */
  public String address(int offset) {
    if (prefix() < 1 || offset < 0 || offset >= 1L << (32 - prefix())) {
      throw new IllegalArgumentException(value + " has no address number " + offset);
    }
    return format(base() + offset);
  }

  /** Whether an IPv4 address lies in this block. */
  public boolean contains(String address) {
    return (parse(address) & mask(prefix())) == base();
  }

  /** Whether the two blocks share an address. */
  public boolean overlaps(Cidr other) {
    long shared = mask(Math.min(prefix(), other.prefix()));
    return (base() & shared) == (other.base() & shared);
  }

  private long base() {
    return parse(value.substring(0, value.indexOf('/')));
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : 0xFFFFFFFFL << (32 - bits) & 0xFFFFFFFFL;
  }

  private static long parse(String address) {
    long result = 0;
    for (String part : address.split("\\.", -1)) {
      result = result << 8 | Integer.parseInt(part);
    }
    return result;
  }

  private static String format(long address) {
    return (address >> 24 & 255)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  @Override
  public String toString() {
    return value;
  }
}
