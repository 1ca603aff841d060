package io.rke4j.core.render;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.HostPrefix;
import io.rke4j.api.cluster.NodeLocalDns;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.ServiceOptions;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.List;
import java.util.Set;

/** The kubelet of any node. */
public record Kubelet() implements ContainerRenderer {

  static final Set<String> OWN_VARIABLES =
      Set.of(
          CriDockerdPart.SWITCH,
          CriDockerdPart.ADDRESS,
          CriDockerdPart.PORT,
          CriDockerdPart.DUAL_STACK);

  private static final Component SELF = Component.KUBELET;
  private static final String FOLDER = RegistryLogins.FOLDER;

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    ServiceOptions user = cluster.spec().services().kubelet().options();
    CriDockerdPart criDockerd = CriDockerdPart.of(cluster);
    HostPrefix prefix = cluster.prefix(engine);
    return HostProcess.privileged(
            cluster, SELF, engine, dns(flags(cluster, node, prefix).override(user), cluster))
        .env(criDockerd.env())
        .env(user.env())
        .env(Cloud.of(cluster).env())
        .binds(HostMounts.of(cluster, engine, binds(engine.rootDirectory(), prefix)))
        .binds(plugins(prefix, cluster, engine))
        .binds(HostMounts.of(cluster, engine, criDockerd.mounts()))
        .binds(user.binds())
        .build();
  }

  private static Flags flags(Resolved cluster, ClusterNode node, HostPrefix prefix) {
    ClusterSpec spec = cluster.spec();
    boolean certified = spec.services().kubelet().servingCertificate();
    String certificate = Certificates.kubelet(node);
    Flags flags = new Flags();
    Cloud cloud = Cloud.of(cluster);
    cloud.into(flags);
    return flags
        .set("client-ca-file", NodeFiles.certificate(Certificates.CA))
        .set("cluster-dns", spec.network().dnsServer())
        .set("cluster-domain", spec.network().clusterDomain())
        .set("fail-swap-on", Boolean.toString(spec.services().kubelet().failSwapOn()))
        .setIf(cloud.namesKubelet(), "hostname-override", node.name().value())
        .set("kubeconfig", NodeFiles.kubeConfig(Certificates.NODE))
        .set("pod-infra-container-image", cluster.image(SystemImage.POD_INFRA_CONTAINER).value())
        .set("root-dir", prefix.below(FOLDER))
        .setAll(CriDockerdPart.of(cluster).flags())
        .setIf(certified, "tls-cert-file", NodeFiles.certificate(certificate))
        .setIf(certified, "tls-private-key-file", NodeFiles.key(certificate))
        .defaults(cluster.release().options(SELF))
        .setIf(!node.address().equals(node.internalAddress()), "node-ip", node.internalAddress())
        .setIf(
            node.has(Role.CONTROL_PLANE) && !node.has(Role.WORKER),
            "register-with-taints",
            "node-role.kubernetes.io/controlplane=true:NoSchedule");
  }

  /** Where every node has a DNS server of its own, pods ask that one, whatever else is said. */
  private static Flags dns(Flags flags, Resolved cluster) {
    return cluster.spec().addons().dns().nodeLocal() instanceof NodeLocalDns.On local
        ? flags.set("cluster-dns", local.address())
        : flags;
  }

  /** The versions' own flags name this folder without any prefix. */
  private static List<String> plugins(HostPrefix prefix, Resolved cluster, EngineFacts engine) {
    String folder = FOLDER + "/volumeplugins";
    return prefix.isRoot()
        ? List.of()
        : HostMounts.of(cluster, engine, folder + ":" + folder + ":shared,z");
  }

  private static List<String> binds(String engineFolder, HostPrefix prefix) {
    return List.of(
        "/etc/cni:/etc/cni:rw,z",
        "/opt/cni:/opt/cni:rw,z",
        "/var/lib/cni:/var/lib/cni:z",
        "/var/lib/calico:/var/lib/calico:z",
        "/etc/resolv.conf:/etc/resolv.conf",
        "/sys:/sys:rprivate",
        engineFolder + ":" + engineFolder + ":rw,rslave,z",
        FOLDER + ":" + prefix.below(FOLDER) + ":shared,z",
        "/var/lib/rancher:/var/lib/rancher:shared,z",
        "/var/run:/var/run:rw,rprivate",
        "/run:/run:rprivate",
        "/etc/ceph:/etc/ceph",
        "/dev:/host/dev:rprivate",
        "/var/log/containers:/var/log/containers:z",
        "/var/log/pods:/var/log/pods:z",
        "/usr:/host/usr:ro",
        "/etc:/host/etc:ro");
  }
}
