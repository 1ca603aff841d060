package io.rke4j.core.pki;

import io.rke4j.api.cluster.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.util.IPAddress;

/**
 * The names and addresses that a server's certificate is good for, each in the order in which they
 * are written. No entry comes twice.
 *
 * @param dns host names
 * @param addresses IP addresses
 */
public record SubjectNames(List<String> dns, List<String> addresses) {

  /** No names: the certificate identifies a client. */
  public static final SubjectNames NONE = new SubjectNames(List.of(), List.of());

  /** Copies the lists and leaves out repetitions. */
  public SubjectNames {
    dns = List.copyOf(new LinkedHashSet<>(dns));
    addresses = addresses.stream().map(SubjectNames::usual).distinct().toList();
  }

  /** An address of IPv6 has many spellings; certificates are read with another than is usual. */
  private static String usual(String address) {
    return address.contains(":") && !address.contains(".")
        ? new Cidr(address + "/128").address(0)
        : address;
  }

  /** Whether there is neither a name nor an address. */
  public boolean isEmpty() {
    return dns.isEmpty() && addresses.isEmpty();
  }

  /** Whether a text is an IP address and not a host name. */
  static boolean isAddress(String nameOrAddress) {
    return IPAddress.isValid(nameOrAddress);
  }

  /**
   * How this differs from what a certificate has, as {@code +added -removed}; empty if only order
   * or case differ, because neither matters to anybody who checks a name.
   */
  String differenceFrom(SubjectNames present) {
    StringBuilder difference = new StringBuilder();
    append(difference, '+', all(), present.all());
    append(difference, '-', present.all(), all());
    return difference.toString();
  }

  /** Those that a certificate with other names is not good for. */
  List<String> notCoveredBy(SubjectNames present) {
    List<String> lacking = new ArrayList<>();
    dns.stream()
        .filter(name -> present.dns.stream().noneMatch(pattern -> covers(pattern, name)))
        .forEach(lacking::add);
    addresses.stream().filter(ip -> !present.addresses.contains(ip)).forEach(lacking::add);
    return lacking;
  }

  /** A wildcard stands for one whole label, and only for the first one. */
  private static boolean covers(String pattern, String name) {
    String rest = name.substring(name.indexOf('.') + 1);
    return pattern.equalsIgnoreCase(name)
        || (pattern.startsWith("*.")
            && name.contains(".")
            && pattern.substring(2).equalsIgnoreCase(rest));
  }

  private static void append(
      StringBuilder difference, char sign, Set<String> those, Collection<String> without) {
    for (String name : those) {
      if (!without.contains(name)) {
        difference.append(difference.isEmpty() ? "" : " ").append(sign).append(name);
      }
    }
  }

  private Set<String> all() {
    Set<String> all = new TreeSet<>(addresses);
    dns.forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
    return all;
  }
}
