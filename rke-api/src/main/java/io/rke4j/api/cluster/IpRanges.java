package io.rke4j.api.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Addresses that are given to pods or to services: a block of IPv4 and, with dual stack, one of
 * IPv6.
 *
 * @param ipv4 the addresses that everything has
 * @param ipv6 those that it has beside these
 */
public record IpRanges(Cidr ipv4, Optional<Cidr> ipv6) {

  /** Checks that each block is of its family. */
  public IpRanges {
    if (ipv4.isIpv6() || ipv6.filter(block -> !block.isIpv6()).isPresent()) {
      throw new IllegalArgumentException("IPv4 has to come first, and IPv6 after it");
    }
  }

  /**
   * The ranges that a text has: one block of IPv4, or one of each family as {@code
   * 10.42.0.0/16,fd98::/108}.
   *
   * @throws IllegalArgumentException if they are none
   */
  public static IpRanges parse(String text) {
    List<Cidr> blocks = new ArrayList<>();
    for (String block : text.split(",", -1)) {
      blocks.add(new Cidr(block));
    }
    if (blocks.size() > 2) {
      throw new IllegalArgumentException(
          "'" + text + "' has more than two blocks; give one of IPv4 and one of IPv6");
    }
    Cidr first = blocks.get(0);
    if (blocks.size() == 1) {
      if (first.isIpv6()) {
        throw new IllegalArgumentException(
            "'" + text + "' has IPv6 alone; give a block of IPv4 before it, and a comma");
      }
      return new IpRanges(first, Optional.empty());
    }
    Cidr second = blocks.get(1);
    if (first.isIpv6() == second.isIpv6()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' has two blocks of one family; give one of IPv4 and one of IPv6, or only one");
    }
    if (first.isIpv6()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' begins with IPv6, and nodes are known by IPv4; write "
              + second
              + ","
              + first);
    }
    return new IpRanges(first, Optional.of(second));
  }

  /** Whether there are addresses of both families. */
  public boolean isDual() {
    return ipv6.isPresent();
  }

  /** The blocks, that of IPv4 first. */
  public List<Cidr> blocks() {
    return Stream.concat(Stream.of(ipv4), ipv6.stream()).toList();
  }

  /** Whether an address lies in one of the blocks. */
  public boolean contains(String address) {
    return blocks().stream().anyMatch(block -> block.contains(address));
  }

  /** The blocks as components of Kubernetes take them, with a comma between them. */
  @Override
  public String toString() {
    return blocks().stream().map(Cidr::value).collect(Collectors.joining(","));
  }
}
