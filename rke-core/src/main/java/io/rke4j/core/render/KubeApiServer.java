package io.rke4j.core.render;

import static java.util.stream.Collectors.joining;

import io.rke4j.api.cluster.AuthorizationMode;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.EtcdHosting.External;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SecretsEncryption;
import io.rke4j.api.cluster.ServiceOptions;
import io.rke4j.api.cluster.TokenWebhook;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.cluster.Traits;
import io.rke4j.core.document.EncryptionFile;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.pki.ExternalEtcd;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The API server of a control plane node. */
public record KubeApiServer() implements ContainerRenderer {

  static final String CHECKSUM_VARIABLE = "RKE_AUDITLOG_CONFIG_CHECKSUM";

  static final String ADMISSION_VARIABLE = "RKE_ADMISSION_CONFIG_CHECKSUM";

  static final String WEBHOOK_PATH = "/etc/kubernetes/kube-api-authn-webhook.yaml";

  private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    ServiceOptions user = cluster.spec().services().kubeApi().options();
    Optional<AuditLog> auditLog = AuditLog.of(cluster);
    return HostProcess.confined(
            cluster, Component.KUBE_APISERVER, engine, flags(cluster, node).override(user))
        .env(Cloud.of(cluster).env())
        .env(checksums(cluster, auditLog))
        .env(user.env())
        .binds(auditLog.map(log -> HostMounts.of(cluster, engine, AuditLog.BIND)).orElse(List.of()))
        .binds(user.binds())
        .build();
  }

  private static Flags flags(Resolved cluster, ClusterNode node) {
    Flags flags = new Flags();
    Cloud.of(cluster).into(flags);
    serving(flags, cluster.spec());
    storage(flags, cluster, node);
    trust(flags, cluster);
    flags.defaults(cluster.release().options(Component.KUBE_APISERVER));
    // A host name cannot be advertised; the API server then takes the address of its interface.
    flags.setIf(
        IPV4.matcher(node.internalAddress()).matches(),
        "advertise-address",
        node.internalAddress());
    Admission.of(cluster).into(flags);
    if (cluster.spec().access().tokenWebhook() instanceof TokenWebhook.On webhook) {
      flags.set("authentication-token-webhook-config-file", WEBHOOK_PATH);
      flags.set("authentication-token-webhook-cache-ttl", webhook.cacheTimeout());
    }
    flags.setIf(
        !(cluster.spec().services().kubeApi().secretsEncryption() instanceof SecretsEncryption.Off),
        "encryption-provider-config",
        EncryptionFile.PATH);
    AuditLog.of(cluster).ifPresent(log -> log.into(flags));
    return flags;
  }

  private static void serving(Flags flags, ClusterSpec spec) {
    flags
        .set("service-cluster-ip-range", spec.network().serviceRanges().toString())
        .set("service-node-port-range", spec.network().nodePorts().toString())
        .setIf(
            spec.access().authorization() == AuthorizationMode.RBAC,
            "authorization-mode",
            "Node,RBAC");
  }

  private static void storage(Flags flags, Resolved cluster, ClusterNode node) {
    Optional<External> external = ExternalEtcd.of(cluster.spec());
    if (external.isPresent()) {
      flags
          .set("etcd-servers", String.join(",", external.get().urls()))
          .set("etcd-prefix", external.get().path())
          .set("etcd-cafile", NodeFiles.certificate(ExternalEtcd.CA))
          .set("etcd-certfile", NodeFiles.certificate(ExternalEtcd.CLIENT))
          .set("etcd-keyfile", NodeFiles.key(ExternalEtcd.CLIENT));
      return;
    }
    flags
        .set("etcd-servers", etcdServers(cluster, node))
        .set("etcd-prefix", "/registry")
        .set("etcd-cafile", NodeFiles.certificate(Certificates.CA))
        .set("etcd-certfile", NodeFiles.certificate(Certificates.NODE))
        .set("etcd-keyfile", NodeFiles.key(Certificates.NODE));
  }

  /** The member on the same host is asked first. */
  private static String etcdServers(Resolved cluster, ClusterNode node) {
    List<ClusterNode> members = cluster.nodesWith(Role.ETCD);
    return Stream.concat(
            members.stream().filter(member -> member.name().equals(node.name())),
            members.stream().filter(member -> !member.name().equals(node.name())))
        .map(Etcd::clientUrl)
        .collect(joining(","));
  }

  private static void trust(Flags flags, Resolved cluster) {
    flags
        .set("client-ca-file", NodeFiles.certificate(Certificates.CA))
        .set("tls-cert-file", NodeFiles.certificate(Certificates.API_SERVER))
        .set("tls-private-key-file", NodeFiles.key(Certificates.API_SERVER))
        .set("kubelet-client-certificate", NodeFiles.certificate(Certificates.API_SERVER))
        .setIf(
            cluster.spec().services().kubelet().servingCertificate(),
            "kubelet-certificate-authority",
            NodeFiles.certificate(Certificates.CA))
        .set("kubelet-client-key", NodeFiles.key(Certificates.API_SERVER))
        .set("service-account-key-file", NodeFiles.key(Certificates.SERVICE_ACCOUNT))
        .set("proxy-client-cert-file", NodeFiles.certificate(Certificates.PROXY_CLIENT))
        .set("proxy-client-key-file", NodeFiles.key(Certificates.PROXY_CLIENT))
        .set("requestheader-allowed-names", Certificates.PROXY_CLIENT)
        .set("requestheader-client-ca-file", NodeFiles.certificate(Certificates.REQUEST_HEADER_CA));
  }

  /** A file of other content makes another container. */
  private static List<String> checksums(Resolved cluster, Optional<AuditLog> auditLog) {
    Traits.ApiServer traits = cluster.release().traits().apiServer();
    List<String> checksums = new ArrayList<>();
    if (traits.admissionFile()) {
      Admission.of(cluster)
          .file()
          .ifPresent(text -> checksums.add(ADMISSION_VARIABLE + "=" + Checksum.of(text)));
    }
    auditLog
        .filter(log -> traits.auditPolicyChecksum())
        .ifPresent(log -> checksums.add(CHECKSUM_VARIABLE + "=" + log.checksum()));
    return checksums;
  }
}
