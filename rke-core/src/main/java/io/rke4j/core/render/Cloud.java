package io.rke4j.core.render;

import io.rke4j.api.cluster.CloudProvider;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.document.CloudFile;
import io.rke4j.spi.runtime.HostFile;
import java.util.List;
import java.util.Optional;

/** What components are told of the cloud that they run in. */
record Cloud(CloudProvider provider) {

  private static final String CHECKSUM_VARIABLE = "RKE_CLOUD_CONFIG_CHECKSUM";

  static Cloud of(Resolved cluster) {
    return new Cloud(cluster.spec().cloud());
  }

  private boolean isThere() {
    return !(provider instanceof CloudProvider.None);
  }

  /** The file; there is one even if a provider has no settings, and then it is empty. */
  Optional<HostFile> file() {
    return isThere()
        ? Optional.of(ConfigFiles.file(CloudFile.PATH, CloudFile.of(provider)))
        : Optional.empty();
  }

  /** For the components that know clouds; the flag is there even if there is no cloud. */
  void into(Flags flags) {
    flags.set("cloud-provider", provider.flag());
    flags.setIf(isThere(), "cloud-config", CloudFile.PATH);
  }

  /** Names the file's content in the environment, so that another one makes new containers. */
  List<String> env() {
    return isThere()
        ? List.of(CHECKSUM_VARIABLE + "=" + Checksum.of(CloudFile.of(provider).reveal()))
        : List.of();
  }

  /** Whether the kubelet is told the node's name; if not, its entry point asks the instance. */
  boolean namesKubelet() {
    return !(provider instanceof CloudProvider.ExternalAws && provider.instanceNames());
  }

  /** For kube-proxy, which may not find its address under a name that the cloud has changed. */
  void intoProxy(Flags flags, ClusterNode node) {
    flags.setIf(!provider.instanceNames(), "hostname-override", node.name().value());
    flags.setIf(isThere(), "bind-address", node.internalAddress());
  }
}
