package io.rke4j.core.render;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerSpecBuilder;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.List;

/** What the containers that make up a node have in common. */
final class HostProcess {

  static final String KUBERNETES_FOLDER = "/etc/kubernetes:/etc/kubernetes:z";

  private static final String NAME_LABEL = "io.rancher.rke.container.name";
  private static final String ENTRY_POINT = "/opt/rke-tools/entrypoint.sh";

  /** Lets the containers that share the sidekick's volume read each other's files. */
  private static final String SHARED_SELINUX_LEVEL = "label=level:s0:c1000,c1001";

  private HostProcess() {}

  /** A container that tells its name in a label. */
  static ContainerSpecBuilder labelled(String name, ImageRef image) {
    return ContainerSpec.named(name, image).label(NAME_LABEL, name);
  }

  /** A container that serves on the host's network for as long as the host runs. */
  static ContainerSpecBuilder serving(String name, ImageRef image) {
    return labelled(name, image).network("host").restartAlways();
  }

  /** A program of Kubernetes that needs nothing of the host but its files. */
  static ContainerSpecBuilder confined(
      Resolved cluster, Component component, EngineFacts engine, Flags flags) {
    return confine(kubernetes(cluster, component, engine, flags), cluster, engine);
  }

  /** A program of Kubernetes that rules the host. */
  static ContainerSpecBuilder privileged(
      Resolved cluster, Component component, EngineFacts engine, Flags flags) {
    return kubernetes(cluster, component, engine, flags).hostPid().privileged();
  }

  static ContainerSpecBuilder confine(
      ContainerSpecBuilder container, Resolved cluster, EngineFacts engine) {
    if (engine.selinux()) {
      container.securityOption(SHARED_SELINUX_LEVEL);
    }
    return HostMounts.admit(container, cluster, engine);
  }

  private static ContainerSpecBuilder kubernetes(
      Resolved cluster, Component component, EngineFacts engine, Flags flags) {
    String name = component.container();
    return serving(name, cluster.image(SystemImage.KUBERNETES))
        .entrypoint(List.of(ENTRY_POINT, name))
        .entrypoint(flags.render())
        .binds(HostMounts.of(cluster, engine, KUBERNETES_FOLDER))
        .volumesFrom(ServiceSidekick.NAME);
  }
}
