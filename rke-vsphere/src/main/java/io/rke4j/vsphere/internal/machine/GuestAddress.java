package io.rke4j.vsphere.internal.machine;

import io.rke4j.vsphere.internal.vim.Device;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which of a guest's addresses is the machine's: the first IPv4 address of its first adapter,
 * however early others have theirs. Bridges in the guest, such as docker0, are no adapters of the
 * machine: they have other MAC addresses. Nor is the guest's loopback.
 */
final class GuestAddress {

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  // Docker's default bridge has this one on every host.
  private static final String DOCKER0 = "172.17.0.1";

  private GuestAddress() {}

  static Optional<String> of(MachineFacts machine) {
    MachineFacts.Guest guest = machine.guest();
    List<String> candidates =
        // Old tools tell one address and no interfaces.
        guest.nics().isEmpty()
            ? List.of(guest.address()).stream().filter(one -> !one.startsWith("127.")).toList()
            : guest.nics().stream()
                .filter(nic -> firstMac(machine).filter(mac -> sameMac(mac, nic.mac())).isPresent())
                .flatMap(nic -> nic.addresses().stream())
                .toList();
    return candidates.stream().filter(GuestAddress::isUsable).findFirst();
  }

  /** What the guest tells, for the error if it never tells enough. */
  static String seen(MachineFacts machine) {
    if (!machine.state().on()) {
      return "it is powered off";
    }
    String nics =
        machine.guest().nics().stream()
            .map(nic -> nic.mac() + " " + nic.addresses())
            .collect(Collectors.joining(", "));
    return "its first adapter is "
        + firstMac(machine).orElse("missing")
        + "; VMware Tools tell "
        + (nics.isEmpty() ? "of no network" : nics);
  }

  private static Optional<String> firstMac(MachineFacts machine) {
    return machine.devices().stream()
        .filter(Device.Adapter.class::isInstance)
        .map(Device.Adapter.class::cast)
        .min(Comparator.comparingInt(Device.Adapter::key))
        .map(Device.Adapter::mac)
        .filter(mac -> !mac.isEmpty());
  }

  private static boolean sameMac(String one, String other) {
    return one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
  }

  private static boolean isUsable(String address) {
    return IPV4.matcher(address).matches()
        && !address.startsWith("169.254.")
        && !address.startsWith("0.")
        && !address.equals(DOCKER0);
  }
}
