package io.rke4j.core.pki;

import io.rke4j.api.cluster.EtcdHosting;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.kube.KubeConfig;
import io.rke4j.core.pki.CertificateBundle.Entry;
import io.rke4j.spi.runtime.ContainerView;
import io.rke4j.spi.runtime.HostFile;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Says which host gets which certificates, keys and kubeconfigs. */
public final class NodeFiles {

  /** Where they lie on a host. */
  public static final String FOLDER = "/etc/kubernetes/ssl";

  /** Containers that mount the folder and may be there to look through. */
  private static final List<String> WINDOWS =
      List.of("kubelet", "kube-proxy", "etcd", "kube-apiserver");

  private static final int FILE_MODE = 0600;
  private static final int FOLDER_MODE = 0755;
  private static final int EVERYBODY_READS = 0644;

  private final CertificateBundle bundle;
  private final List<HostFile> files = new ArrayList<>();

  private NodeFiles(CertificateBundle bundle) {
    this.bundle = bundle;
  }

  /**
   * What is at a path of a host, as the first container shows it that shows anything there; empty
   * if none is there to look through, so that nobody can say.
   */
  public static Optional<List<HostFile>> seen(ContainerView containers, String path) {
    Set<String> there = containers.names();
    List<String> windows = WINDOWS.stream().filter(there::contains).toList();
    Stream<List<HostFile>> views = windows.stream().map(window -> containers.files(window, path));
    return windows.isEmpty()
        ? Optional.empty()
        : Optional.of(views.filter(files -> !files.isEmpty()).findFirst().orElse(List.of()));
  }

  /** The path of a certificate. */
  public static String certificate(String name) {
    return FOLDER + "/" + name + ".pem";
  }

  /** The path of a key. */
  public static String key(String name) {
    return FOLDER + "/" + name + "-key.pem";
  }

  /** The path of a kubeconfig. */
  public static String kubeConfig(String name) {
    return FOLDER + "/kubecfg-" + name + ".yaml";
  }

  /**
   * The folder and files of one host.
   *
   * @throws UnusableCertificatesException if the bundle lacks one of them
   */
  public static List<HostFile> of(Resolved cluster, ClusterNode node, CertificateBundle bundle) {
    NodeFiles files = new NodeFiles(bundle);
    files.files.add(HostFile.folder(FOLDER, FOLDER_MODE));
    files.addCertificate(Certificates.CA);
    files.addClient(Certificates.NODE);
    files.addClient(Certificates.PROXY);
    if (node.has(Role.ETCD)) {
      cluster.nodesWith(Role.ETCD).forEach(member -> files.addPair(Certificates.etcd(member)));
      files.giveToEtcd(cluster.spec().services().etcd().hosting());
    }
    if (cluster.spec().services().kubelet().servingCertificate()) {
      // RKE gives every host the keys of all kubelets; nobody needs those of others.
      files.addPair(Certificates.kubelet(node));
    }
    if (node.has(Role.CONTROL_PLANE)) {
      files.addKey(Certificates.CA);
      files.addPair(Certificates.API_SERVER);
      files.addPair(Certificates.SERVICE_ACCOUNT);
      files.addClient(Certificates.CONTROLLER_MANAGER);
      files.addClient(Certificates.SCHEDULER);
      files.addClient(Certificates.REQUEST_HEADER_CA);
      files.addClient(Certificates.PROXY_CLIENT);
      ExternalEtcd.of(cluster.spec()).map(ExternalEtcd::files).ifPresent(files.files::addAll);
    }
    return List.copyOf(files.files);
  }

  /** A member that is not root's can read its own files, and those that are nobody's secret. */
  private void giveToEtcd(EtcdHosting hosting) {
    if (hosting instanceof EtcdHosting.Managed managed && !managed.byRoot()) {
      HostFile.Owner owner = new HostFile.Owner(managed.uid(), managed.gid());
      files.replaceAll(
          file -> {
            if (file.path().equals(certificate(Certificates.CA))) {
              return file.withMode(EVERYBODY_READS);
            }
            return file.path().startsWith(FOLDER + "/kube-etcd-") ? file.ownedBy(owner) : file;
          });
    }
  }

  /**
   * Whether what lies on a host does for one of these files. White space around a certificate or
   * key and the layout of a kubeconfig do not matter, so what RKE wrote is left alone.
   */
  public static boolean serves(HostFile wanted, String found) {
    String content = wanted.content().reveal();
    return wanted.path().endsWith(".yaml")
        ? KubeConfig.saysTheSame(content, found)
        : content.strip().equals(found.strip());
  }

  private void addClient(String name) {
    addPair(name);
    String text =
        KubeConfig.forComponent(name, certificate(Certificates.CA), certificate(name), key(name));
    files.add(HostFile.file(kubeConfig(name), FILE_MODE, Secret.of(text)));
  }

  private void addPair(String name) {
    addCertificate(name);
    addKey(name);
  }

  private void addCertificate(String name) {
    String pem = endingInOneNewline(bundle.entry(name).certificatePem());
    files.add(HostFile.file(certificate(name), FILE_MODE, Secret.of(pem)));
  }

  private void addKey(String name) {
    Entry entry = bundle.entry(name);
    if (entry.hasKey()) {
      String pem = endingInOneNewline(entry.key().reveal());
      files.add(HostFile.file(key(name), FILE_MODE, Secret.of(pem)));
    } else if (!Certificates.isAuthority(name)) {
      throw new UnusableCertificatesException(
          "the bundle holds the certificate of " + name + " but not its key",
          "Run apply again: it issues what is missing",
          null);
    }
    // RKE accepts authorities whose key is kept elsewhere; a host then does without it, too.
  }

  /** Whether the text is a certificate whose time is over. */
  public static boolean hasExpired(String text) {
    try {
      return text.contains("BEGIN CERTIFICATE")
          && Pem.readCertificate(text).getNotAfter().toInstant().isBefore(Instant.now());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String endingInOneNewline(String pem) {
    return pem.strip() + "\n";
  }
}
