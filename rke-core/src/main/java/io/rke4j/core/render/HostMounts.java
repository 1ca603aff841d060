package io.rke4j.core.render;

import io.rke4j.api.cluster.HostPrefix;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.cluster.Traits;
import io.rke4j.spi.runtime.ContainerSpecBuilder;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How a version's containers see the folders of their host. Up to Kubernetes 1.21, Docker labels
 * the folders for SELinux anew; after that the containers have a type of their own that may read
 * them, which package rancher-selinux brings.
 */
final class HostMounts {

  private static final String RELABEL = "z";

  /** RKE leaves all others where they are, such as the CNI plugins' and Calico's. */
  private static final Set<String> BELOW_PREFIX =
      Set.of(
          "/etc/kubernetes",
          "/etc/ceph",
          "/var/lib/cni",
          "/var/lib/cri-dockerd",
          "/var/lib/etcd",
          "/var/lib/kubelet",
          "/var/log/kube-audit");

  private HostMounts() {}

  /** The mounts as the cluster's version has them, from where the host has these folders. */
  static List<String> of(Resolved cluster, EngineFacts engine, List<String> binds) {
    HostPrefix prefix = cluster.prefix(engine);
    return binds.stream()
        .map(bind -> below(prefix, bind))
        .map(bind -> traits(cluster).relabel() ? bind : withoutRelabelling(bind))
        .toList();
  }

  static List<String> of(Resolved cluster, EngineFacts engine, String... binds) {
    return of(cluster, engine, List.of(binds));
  }

  private static String below(HostPrefix prefix, String bind) {
    String folder = bind.substring(0, bind.indexOf(':'));
    return BELOW_PREFIX.contains(folder) ? prefix.below(bind) : bind;
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
