package io.rke4j.api.cluster;

import java.util.regex.Pattern;

/** Tells addresses from typing mistakes. */
final class Addresses {

  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
  private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}");
  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*");

  private static final int LONGEST_NAME = 253;

  private Addresses() {}

  static void check(String path, String address, Problems problems) {
    if (!isValid(address)) {
      problems.add(path, "'" + address + "' is neither an IPv4 address nor a host name", "");
    }
  }

  /** The same where an address may also be of IPv6. */
  static void checkAnyFamily(String path, String address, Problems problems) {
    boolean valid = address.contains(":") ? IpNumber.parse(address).isPresent() : isValid(address);
    if (!valid) {
      problems.add(path, "'" + address + "' is neither an IP address nor a host name", "");
    }
  }

  private static boolean isValid(String address) {
    // Longer texts would also exhaust the stack of the pattern's group.
    return address.length() <= LONGEST_NAME
        && (NUMBERS.matcher(address).matches() ? isIpv4(address) : NAME.matcher(address).matches());
  }

  static boolean isIpv4(String address) {
    return IPV4.matcher(address).matches() && !address.endsWith(".");
  }
}
