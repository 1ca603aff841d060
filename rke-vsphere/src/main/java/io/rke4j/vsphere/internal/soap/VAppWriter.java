package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.ArrayUpdateOperation;
import com.vmware.vim25.VAppIPAssignmentInfo;
import com.vmware.vim25.VAppPropertyInfo;
import com.vmware.vim25.VAppPropertySpec;
import com.vmware.vim25.VmConfigSpec;
import io.rke4j.vsphere.settings.VApp;
import java.util.ArrayList;
import java.util.List;

/** Writes vApp options as Rancher's driver does. */
final class VAppWriter {

  private VAppWriter() {}

  static VmConfigSpec write(VApp options) {
    VmConfigSpec spec = new VmConfigSpec();
    spec.setOvfEnvironmentTransport(new String[] {options.transport()});
    if (!options.allocation().isEmpty()) {
      VAppIPAssignmentInfo addresses = new VAppIPAssignmentInfo();
      String scheme = options.allocation().equals("dhcp") ? "dhcp" : "ovfenv";
      addresses.setSupportedAllocationScheme(new String[] {scheme});
      addresses.setIpAllocationPolicy(options.allocation() + "Policy");
      addresses.setSupportedIpProtocol(new String[] {options.protocol()});
      addresses.setIpProtocol(options.protocol());
      spec.setIpAssignment(addresses);
    }
    List<VAppPropertySpec> properties = new ArrayList<>();
    options.properties().forEach((id, value) -> properties.add(property(properties, id, value)));
    if (!properties.isEmpty()) {
      spec.setProperty(properties.toArray(VAppPropertySpec[]::new));
    }
    return spec;
  }

  private static VAppPropertySpec property(List<VAppPropertySpec> before, String id, String value) {
    VAppPropertyInfo info = new VAppPropertyInfo();
    info.setKey(before.size());
    info.setId(id);
    info.setLabel(id);
    info.setUserConfigurable(true);
    boolean network = value.startsWith("ip:");
    boolean expression = value.startsWith("${") && value.endsWith("}");
    info.setType(network ? value : expression ? "expression" : "string");
    info.setDefaultValue(network ? "" : value);
    VAppPropertySpec spec = new VAppPropertySpec();
    spec.setOperation(ArrayUpdateOperation.add);
    spec.setInfo(info);
    return spec;
  }
}
