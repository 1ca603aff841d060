package io.rke4j.vsphere.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * vApp options of a machine. Without a transport there are none.
 *
 * @param transport how the guest gets them: {@code iso} or {@code com.vmware.guestInfo}; empty for
 *     no vApp options
 * @param protocol {@code IPv4} or {@code IPv6}
 * @param allocation {@code dhcp}, {@code fixed}, {@code transient} or {@code fixedAllocated}; empty
 *     leaves addresses alone
 * @param properties properties by id; a value like <code>${…}</code> is an expression, one like
 *     {@code ip:NETWORK} a type, as with Rancher
 */
public record VApp(
    String transport, String protocol, String allocation, Map<String, String> properties) {

  /** Checks the words, and copies the properties in their order. */
  public VApp {
    check(transport, "transport", "", "iso", "com.vmware.guestInfo");
    check(protocol, "protocol", "IPv4", "IPv6");
    check(allocation, "allocation policy", "", "dhcp", "fixed", "transient", "fixedAllocated");
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /** No vApp options. */
  public static VApp none() {
    return new VApp("", "IPv4", "", Map.of());
  }

  /** Whether there is anything to set. */
  public boolean isUsed() {
    return !transport.isEmpty();
  }

  private static void check(String value, String what, String... allowed) {
    for (String one : allowed) {
      if (one.equals(value)) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + value
            + "' is no vApp "
            + what
            + ": use one of "
            + String.join(", ", allowed).strip());
  }

  /** Without the properties' values, which may be secret. */
  @Override
  public String toString() {
    return transport + " " + protocol + " " + allocation + " " + properties.keySet();
  }
}
