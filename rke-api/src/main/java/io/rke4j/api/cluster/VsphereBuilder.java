package io.rke4j.api.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Collects the settings of the cloud provider {@code vsphere}. */
public final class VsphereBuilder {

  static final String PATH = CloudBuilder.PATH + ".vsphereCloudProvider";

  private static final String SERVER_NEEDS = "Kubernetes logs in to every server";
  private static final String WORKSPACE_NEEDS = "Kubernetes makes volumes there";

  private final Problems problems;
  private final CloudOptionsBuilder<VsphereOption> options;
  private final Map<String, CloudOptionsBuilder<VsphereServerOption>> servers = new TreeMap<>();

  VsphereBuilder(Problems problems) {
    this.problems = problems;
    this.options = new CloudOptionsBuilder<>(PATH, problems);
  }

  /** Sets what is not of one server. */
  public VsphereBuilder options(Consumer<CloudOptionsBuilder<VsphereOption>> settings) {
    settings.accept(options);
    return this;
  }

  /** Adds a vCenter server, by its name or address. */
  public VsphereBuilder server(
      String address, Consumer<CloudOptionsBuilder<VsphereServerOption>> settings) {
    String path = PATH + ".virtual_center." + address;
    if (!address.matches("[^\\s\"\\\\\\[\\]\\p{Cntrl}]+")) {
      problems.add(path, "'" + address + "' is not a name or address", "");
    }
    settings.accept(
        servers.computeIfAbsent(address, one -> new CloudOptionsBuilder<>(path, problems)));
    return this;
  }

  CloudProvider.Vsphere build() {
    if (servers.isEmpty()) {
      options.require(
          "name the server under virtual_center, or give all of global",
          VsphereOption.GLOBAL_USER,
          VsphereOption.GLOBAL_PASSWORD,
          VsphereOption.GLOBAL_SERVER,
          VsphereOption.GLOBAL_DATACENTER,
          VsphereOption.WORKING_DIRECTORY);
    } else {
      options.require(
          WORKSPACE_NEEDS,
          VsphereOption.WORKSPACE_SERVER,
          VsphereOption.WORKSPACE_DATACENTER,
          VsphereOption.WORKSPACE_FOLDER);
    }
    servers.values().forEach(this::checkLogin);
    Map<String, CloudOptions<VsphereServerOption>> built = new TreeMap<>();
    servers.forEach((address, settings) -> built.put(address, settings.build()));
    return new CloudProvider.Vsphere(options.build(), built);
  }

  private void checkLogin(CloudOptionsBuilder<VsphereServerOption> server) {
    if (!options.has(VsphereOption.GLOBAL_USER)) {
      server.require(SERVER_NEEDS, VsphereServerOption.USER);
    }
    if (!options.has(VsphereOption.GLOBAL_PASSWORD)) {
      server.require(SERVER_NEEDS, VsphereServerOption.PASSWORD);
    }
  }
}
