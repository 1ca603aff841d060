package io.rke4j.core.render;

import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.List;

/**
 * Ways to bring files onto a host: containers that are made, take an upload through their mount of
 * {@code /etc/kubernetes}, and are removed without ever having run. So no file's content is in an
 * argument or a variable.
 */
public enum Deployers implements ContainerRenderer {
  /** For certificates, keys and kubeconfigs. */
  CERTIFICATES("cert-deployer", SystemImage.CERT_DOWNLOADER, HostProcess.KUBERNETES_FOLDER),
  /** For all other files. */
  FILES("file-deployer", SystemImage.ALPINE, HostProcess.KUBERNETES_FOLDER),
  /** For the kubelet's logins to registries. */
  REGISTRY_LOGINS(
      "file-deployer",
      SystemImage.ALPINE,
      RegistryLogins.FOLDER + ":" + RegistryLogins.FOLDER + ":z"),
  /** For etcd's data folder, seen as etcd sees it. */
  ETCD_FOLDER("etcd-fix-perm", SystemImage.ALPINE, Etcd.DATA_FOLDER);

  private final String container;
  private final SystemImage image;
  private final String bind;

  Deployers(String container, SystemImage image, String bind) {
    this.container = container;
    this.image = image;
    this.bind = bind;
  }

  /** The container's name on a host. */
  public String container() {
    return container;
  }

  /** The kubelet's folder has the same name in its container and on its host. */
  private String mount(Resolved cluster, EngineFacts engine) {
    String folder = RegistryLogins.FOLDER;
    return this == REGISTRY_LOGINS
        ? bind.replace(":" + folder, ":" + cluster.prefix(engine).below(folder))
        : bind;
  }

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    return HostMounts.admit(ContainerSpec.named(container, cluster.image(image)), cluster, engine)
        // Harmless, should anyone start it after all.
        .command(List.of("true"))
        .binds(HostMounts.of(cluster, engine, mount(cluster, engine)))
        .build();
  }
}
