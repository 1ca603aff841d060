package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.DistributedVirtualSwitchPortConnection;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.OpaqueNetworkSummary;
import com.vmware.vim25.VirtualDeviceBackingInfo;
import com.vmware.vim25.VirtualEthernetCardDistributedVirtualPortBackingInfo;
import com.vmware.vim25.VirtualEthernetCardNetworkBackingInfo;
import com.vmware.vim25.VirtualEthernetCardOpaqueNetworkBackingInfo;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.soap.Properties.Found;

/** How an adapter is plugged into each sort of network. */
final class NetworkBackings {

  private static final String SWITCH = "config.distributedVirtualSwitch";
  private static final String PORT_GROUP = "config.key";

  private final Properties properties;

  NetworkBackings(Properties properties) {
    this.properties = properties;
  }

  VirtualDeviceBackingInfo of(ManagedObjectReference network) {
    String about = "network " + network.getVal();
    return switch (network.getType()) {
      case "DistributedVirtualPortgroup" -> distributed(about, network);
      case "OpaqueNetwork" -> opaque(about, network);
      default -> standard(about, network);
    };
  }

  private VirtualDeviceBackingInfo standard(String about, ManagedObjectReference network) {
    Found found = properties.of(about, network, "name", "name");
    VirtualEthernetCardNetworkBackingInfo backing = new VirtualEthernetCardNetworkBackingInfo();
    backing.setDeviceName(found.text("name"));
    backing.setNetwork(network);
    return backing;
  }

  private VirtualDeviceBackingInfo distributed(String about, ManagedObjectReference network) {
    Found found = properties.of(about, network, PORT_GROUP, PORT_GROUP, SWITCH);
    ManagedObjectReference of =
        found
            .get(SWITCH, ManagedObjectReference.class)
            .orElseThrow(
                () -> VsphereException.unusable(about, "is in no switch", "Use another network"));
    DistributedVirtualSwitchPortConnection port = new DistributedVirtualSwitchPortConnection();
    port.setPortgroupKey(found.text(PORT_GROUP));
    port.setSwitchUuid(properties.of("switch of " + about, of, "uuid", "uuid").text("uuid"));
    VirtualEthernetCardDistributedVirtualPortBackingInfo backing =
        new VirtualEthernetCardDistributedVirtualPortBackingInfo();
    backing.setPort(port);
    return backing;
  }

  private VirtualDeviceBackingInfo opaque(String about, ManagedObjectReference network) {
    OpaqueNetworkSummary summary =
        properties
            .of(about, network, "summary", "summary")
            .get("summary", OpaqueNetworkSummary.class)
            .orElseThrow(
                () -> VsphereException.unusable(about, "has no id", "Use another network"));
    VirtualEthernetCardOpaqueNetworkBackingInfo backing =
        new VirtualEthernetCardOpaqueNetworkBackingInfo();
    backing.setOpaqueNetworkId(summary.getOpaqueNetworkId());
    backing.setOpaqueNetworkType(summary.getOpaqueNetworkType());
    return backing;
  }
}
