package io.rke4j.vsphere.internal.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.vsphere.internal.vim.Device;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.MachineMark;
import io.rke4j.vsphere.internal.vim.ObjectId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuestAddressTest {

  private static final String FIRST = "00:50:56:aa:00:01";
  private static final String SECOND = "00:50:56:aa:00:02";

  @Test
  void isTheFirstIpv4AddressOfTheFirstAdapter() {
    assertThat(
            address(
                nic(SECOND, "10.2.0.5"),
                nic(FIRST.toUpperCase(Locale.ROOT), "fe80::1", "10.1.0.5")))
        .contains("10.1.0.5");
  }

  @Test
  void doesNotTakeTheSecondAdapterBecauseItIsFaster() {
    assertThat(address(nic(SECOND, "10.2.0.5"))).isEmpty();
    assertThat(address(nic(SECOND, "10.2.0.5"), nic(FIRST, "fe80::1", "169.254.3.4"))).isEmpty();
  }

  @Test
  void neverTakesABridgeInTheGuest() {
    assertThat(address(nic("02:42:00:00:00:01", "172.18.0.1"))).isEmpty();
    assertThat(address(nic(FIRST, "172.17.0.1", "172.17.0.20"))).contains("172.17.0.20");
    assertThat(GuestAddress.of(machine(new MachineFacts.Guest(List.of(), "172.17.0.1")))).isEmpty();
  }

  @Test
  void neverTakesTheLoopbackOfTheGuest() {
    assertThat(address(nic("00:00:00:00:00:00", "127.0.0.1"))).isEmpty();
    assertThat(GuestAddress.of(machine(new MachineFacts.Guest(List.of(), "127.0.0.1")))).isEmpty();
  }

  @Test
  void takesWhatOldToolsTell() {
    assertThat(GuestAddress.of(machine(new MachineFacts.Guest(List.of(), "10.1.0.9"))))
        .contains("10.1.0.9");
  }

  private static Optional<String> address(MachineFacts.Nic... nics) {
    return GuestAddress.of(machine(new MachineFacts.Guest(List.of(nics), "10.9.9.9")));
  }

  private static MachineFacts.Nic nic(String mac, String... addresses) {
    return new MachineFacts.Nic(mac, List.of(addresses));
  }

  private static MachineFacts machine(MachineFacts.Guest guest) {
    return new MachineFacts(
        new MachineMark(new ObjectId("VirtualMachine", "vm-1"), "w-1", "u", "", Map.of()),
        new MachineFacts.State(true, false, "1"),
        new MachineFacts.Size(1, 1024),
        List.of(
            new Device.Adapter(4001, SECOND, Optional.empty()),
            new Device.Adapter(4000, FIRST, Optional.empty())),
        "[ds] w-1/w-1.vmx",
        guest,
        Map.of());
  }
}
