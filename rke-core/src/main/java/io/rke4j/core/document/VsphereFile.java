package io.rke4j.core.document;

import io.rke4j.api.cluster.CloudOptions;
import io.rke4j.api.cluster.CloudProvider;
import io.rke4j.api.cluster.VsphereOption;
import io.rke4j.api.cluster.VsphereServerOption;
import java.util.List;
import java.util.Set;

/** The file of vSphere: which keys are there even if empty, and what is indented, is RKE's. */
final class VsphereFile {

  private static final String INDENT = "        ";

  private static final List<VsphereOption> GLOBAL =
      List.of(
          VsphereOption.GLOBAL_USER,
          VsphereOption.GLOBAL_PASSWORD,
          VsphereOption.GLOBAL_SERVER,
          VsphereOption.GLOBAL_PORT,
          VsphereOption.INSECURE,
          VsphereOption.GLOBAL_DATACENTERS,
          VsphereOption.GLOBAL_DATACENTER,
          VsphereOption.GLOBAL_DATASTORE,
          VsphereOption.WORKING_DIRECTORY,
          VsphereOption.GLOBAL_ROUND_TRIPS,
          VsphereOption.VM_UUID,
          VsphereOption.VM_NAME);

  private static final Set<VsphereOption> ALWAYS =
      Set.of(VsphereOption.GLOBAL_USER, VsphereOption.GLOBAL_PASSWORD);

  private static final List<VsphereOption> WORKSPACE =
      List.of(
          VsphereOption.WORKSPACE_SERVER,
          VsphereOption.WORKSPACE_DATACENTER,
          VsphereOption.WORKSPACE_FOLDER,
          VsphereOption.WORKSPACE_DATASTORE,
          VsphereOption.WORKSPACE_RESOURCE_POOL);

  private final StringBuilder text = new StringBuilder();

  private VsphereFile() {}

  static String of(CloudProvider.Vsphere vsphere) {
    VsphereFile file = new VsphereFile();
    file.global(vsphere.options());
    vsphere.servers().forEach(file::server);
    file.shared(vsphere.options());
    return file.text.toString();
  }

  private void global(CloudOptions<VsphereOption> options) {
    text.append("\n[Global]\n");
    for (VsphereOption option : GLOBAL) {
      String value = value(options, option);
      if (!value.isEmpty() || ALWAYS.contains(option)) {
        line("", option.key(), Ini.quoted(value));
      }
    }
    text.append("\n\n");
  }

  private static String value(CloudOptions<VsphereOption> options, VsphereOption option) {
    String value = options.reveal(option);
    return switch (option) {
      case INSECURE -> value.isEmpty() ? "false" : value;
      case GLOBAL_ROUND_TRIPS -> value.isEmpty() ? "0" : value;
      default -> value;
    };
  }

  private void server(String address, CloudOptions<VsphereServerOption> options) {
    text.append("[VirtualCenter ").append(Ini.quoted(address)).append("]\n");
    for (VsphereServerOption option : VsphereServerOption.values()) {
      String value = options.reveal(option);
      switch (option) {
        case USER, PASSWORD -> line(INDENT, option.key(), Ini.quoted(value));
        case ROUND_TRIPS -> line(INDENT, option.key(), Ini.quoted(value.isEmpty() ? "0" : value));
        default -> {
          if (!value.isEmpty()) {
            line(INDENT, option.key(), Ini.quoted(value));
          }
        }
      }
    }
  }

  private void shared(CloudOptions<VsphereOption> options) {
    text.append("\n[Workspace]\n");
    for (VsphereOption option : WORKSPACE) {
      line(INDENT, option.key(), Ini.quoted(options.reveal(option)));
    }
    text.append("\n[Disk]\n");
    if (options.has(VsphereOption.SCSI_CONTROLLER)) {
      String value = options.reveal(VsphereOption.SCSI_CONTROLLER);
      line(INDENT, VsphereOption.SCSI_CONTROLLER.key(), Ini.plain(value));
    }
    text.append("\n[Network]\n");
    if (options.has(VsphereOption.PUBLIC_NETWORK)) {
      String value = options.reveal(VsphereOption.PUBLIC_NETWORK);
      line(INDENT, VsphereOption.PUBLIC_NETWORK.key(), Ini.quoted(value));
    }
  }

  private void line(String indent, String key, String value) {
    text.append(indent).append(key).append(" = ").append(value).append('\n');
  }
}
