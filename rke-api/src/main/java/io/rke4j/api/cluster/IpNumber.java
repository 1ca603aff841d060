package io.rke4j.api.cluster;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * An IP address as a number.
 *
 * @param value the number
 * @param bits 32 for IPv4, 128 for IPv6
 */
record IpNumber(BigInteger value, int bits) {

  static final int IPV4 = 32;
  static final int IPV6 = 128;

  private static final int GROUPS = 8;
  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

  /** The address that a text is; empty if it is none. */
  static Optional<IpNumber> parse(String text) {
    return text.contains(":") ? ipv6(text) : ipv4(text);
  }

  private static Optional<IpNumber> ipv4(String text) {
    if (!Addresses.isIpv4(text)) {
      return Optional.empty();
    }
    return Optional.of(new IpNumber(number(List.of(text.split("\\.", -1)), 8, 10), IPV4));
  }

  private static Optional<IpNumber> ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap != text.lastIndexOf("::")) {
      return Optional.empty();
    }
    List<String> groups = new ArrayList<>(groups(gap < 0 ? text : text.substring(0, gap)));
    List<String> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
    int left = GROUPS - groups.size() - tail.size();
    if (gap < 0 ? left != 0 : left < 1) {
      return Optional.empty();
    }
    groups.addAll(Collections.nCopies(left, "0"));
    groups.addAll(tail);
    return groups.stream().allMatch(group -> GROUP.matcher(group).matches())
        ? Optional.of(new IpNumber(number(groups, 16, 16), IPV6))
        : Optional.empty();
  }

  private static List<String> groups(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(":", -1));
  }

  private static BigInteger number(List<String> parts, int bitsOfEach, int radix) {
    BigInteger number = BigInteger.ZERO;
    for (String part : parts) {
      number = number.shiftLeft(bitsOfEach).or(new BigInteger(part, radix));
    }
    return number;
  }

  boolean isIpv6() {
    return bits == IPV6;
  }

  /** The number without what stands behind a prefix of such a length. */
  BigInteger prefix(int length) {
    return value.shiftRight(bits - length).shiftLeft(bits - length);
  }

  /** The zones of DNS with the names of all addresses that share a prefix of such a length. */
  List<String> zones(int length) {
    String root = isIpv6() ? "ip6.arpa" : "in-addr.arpa";
    int bitsOfEach = isIpv6() ? 4 : 8;
    int radix = isIpv6() ? 16 : 10;
    int labels = (length + bitsOfEach - 1) / bitsOfEach;
    if (labels == 0) {
      return List.of(root);
    }
    StringBuilder parents = new StringBuilder();
    for (int index = labels - 2; index >= 0; index--) {
      parents.append(Integer.toString(part(index, bitsOfEach), radix)).append('.');
    }
    int first = part(labels - 1, bitsOfEach);
    return IntStream.range(first, first + (1 << (bitsOfEach * labels - length)))
        .mapToObj(last -> Integer.toString(last, radix) + "." + parents + root)
        .toList();
  }

  /** The address in its usual spelling; of IPv6, that of RFC 5952. */
  @Override
  public String toString() {
    return isIpv6() ? ipv6() : joined(8, 10, ".", 0, 4);
  }

  private String ipv6() {
    int best = 0;
    int longest = 1;
    for (int start = 0; start < GROUPS; start++) {
      int length = zeros(start);
      if (length > longest) {
        best = start;
        longest = length;
      }
    }
    return longest == 1
        ? joined(16, 16, ":", 0, GROUPS)
        : joined(16, 16, ":", 0, best) + "::" + joined(16, 16, ":", best + longest, GROUPS);
  }

  /** How many groups from this one on are zero. */
  private int zeros(int start) {
    int end = start;
    while (end < GROUPS && part(end, 16) == 0) {
      end++;
    }
    return end - start;
  }

  private String joined(int bitsOfEach, int radix, String separator, int from, int to) {
    List<String> parts = new ArrayList<>();
    for (int index = from; index < to; index++) {
      parts.add(Integer.toString(part(index, bitsOfEach), radix));
    }
    return String.join(separator, parts);
  }

  private int part(int index, int bitsOfEach) {
    BigInteger shifted = value.shiftRight(bits - (index + 1) * bitsOfEach);
    return shifted.intValue() & ((1 << bitsOfEach) - 1);
  }
}
