package io.rke4j.core.render;

import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.cluster.Traits;
import io.rke4j.spi.runtime.ContainerSpecBuilder;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * How a version's containers see the folders of their host. Up to Kubernetes 1.21, Docker labels
 * the folders for SELinux anew; after that the containers have a type of their own that may read
 * them, which package rancher-selinux brings.
 */
final class HostMounts {

  private static final String RELABEL = "z";

  private HostMounts() {}

  /** The mounts as the cluster's version has them. */
  static List<String> of(Resolved cluster, List<String> binds) {
    return traits(cluster).relabel()
        ? binds
        : binds.stream().map(HostMounts::withoutRelabelling).toList();
  }

  static List<String> of(Resolved cluster, String... binds) {
    return of(cluster, List.of(binds));
  }

  /** Lets a container in that is not privileged. */
  static ContainerSpecBuilder admit(
      ContainerSpecBuilder container, Resolved cluster, EngineFacts engine) {
    String type = traits(cluster).selinuxType();
    return engine.selinux() && !type.isEmpty() ? container.securityOption(type) : container;
  }

  private static Traits.Mounts traits(Resolved cluster) {
    return cluster.release().traits().mounts();
  }

  private static String withoutRelabelling(String bind) {
    String[] parts = bind.split(":", 3);
    if (parts.length < 3) {
      return bind;
    }
    List<String> options = new ArrayList<>(List.of(parts[2].split(",", -1)));
    options.remove(RELABEL);
    String folders = parts[0] + ":" + parts[1];
    return options.isEmpty() ? folders : folders + ":" + String.join(",", options);
  }
}
