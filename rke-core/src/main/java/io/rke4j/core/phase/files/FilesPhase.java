package io.rke4j.core.phase.files;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.document.CloudFile;
import io.rke4j.core.document.EncryptionFile;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Probe;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.pki.Encryption;
import io.rke4j.core.phase.portcheck.Checked;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.core.render.ConfigFiles;
import io.rke4j.core.render.Deployers;
import io.rke4j.core.render.EtcdSnapshots;
import io.rke4j.core.render.Health;
import io.rke4j.core.render.RegistryLogins;
import io.rke4j.core.render.SnapshotKeys;
import io.rke4j.spi.runtime.HostFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Certificates by the cert-deployer, configuration files and logins to registries by the
 * file-deployer. New files restart what reads them; in a cluster that runs, hosts with etcd or an
 * API server get theirs one after the other, so that most of these are always there. (RKE restarts
 * all at once.)
 *
 * @param checked the hosts, seen to reach each other
 * @param established whether the cluster has run before
 */
public record FilesPhase(Checked checked, boolean established) implements PhaseUnit<Equipped> {

  static StepId placeCertificates(NodeName node) {
    return Steps.on(Phase.FILES, "place-certificates", node);
  }

  static StepId placeConfiguration(NodeName node) {
    return Steps.on(Phase.FILES, "place-configuration", node);
  }

  static StepId placeRegistryLogins(NodeName node) {
    return Steps.on(Phase.FILES, "place-registry-logins", node);
  }

  @Override
  public Phase phase() {
    return Phase.FILES;
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    List<Step> introductions = introductions();
    steps.addAll(introductions);
    Set<StepId> turn = introductions.stream().map(Step::id).collect(Collectors.toSet());
    for (ClusterNode node : checked.cluster().nodes()) {
      steps.add(certificates(node, turn));
      steps.add(configuration(node, turn));
      if (established && (node.has(Role.ETCD) || node.has(Role.CONTROL_PLANE))) {
        turn = Set.of(placeCertificates(node.name()), placeConfiguration(node.name()));
      }
      if (RegistryLogins.apply(checked.cluster())) {
        steps.add(registryLogins(node));
      }
    }
    return steps;
  }

  /**
   * Lets all API servers read with a new key before one of them writes with it; else those that do
   * not know it yet could not read what it wrote.
   */
  private List<Step> introductions() {
    List<ClusterNode> servers = checked.cluster().nodesWith(Role.CONTROL_PLANE);
    if (!encryptionBegins() && (servers.size() < 2 || encryption().introduction().isEmpty())) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    Set<StepId> turn = Set.of();
    for (ClusterNode node : servers) {
      Step step = encryptionBegins() ? beginning(node, turn) : introduction(node, turn);
      steps.add(step);
      turn = Set.of(step.id());
    }
    return steps;
  }

  private Step introduction(ClusterNode node, Set<StepId> turn) {
    return encryptionFile(
        Steps.on(Phase.FILES, "introduce-encryption-key", node.name()),
        node,
        turn,
        () -> encryption().introduction());
  }

  /** Whether several API servers are yet to learn of a key before any of them writes with it. */
  private boolean encryptionBegins() {
    return established
        && checked.cluster().nodesWith(Role.CONTROL_PLANE).size() > 1
        && encryption().beginning().isPresent();
  }

  private Step beginning(ClusterNode node, Set<StepId> turn) {
    StepId id = Steps.on(Phase.FILES, "introduce-encryption-key", node.name());
    return new Beginning(
        encryptionFile(id, node, turn, () -> encryption().beginning()),
        encryptionFile(id, node, turn, () -> encryption().file()));
  }

  /**
   * The steps by which API servers that have all learned of a key begin to write with it, one after
   * the other; none where there is nothing to begin, or nobody to wait for.
   *
   * @param after what must be done before
   */
  public List<Step> beginEncryption(Set<StepId> after) {
    List<Step> steps = new ArrayList<>();
    Set<StepId> turn = after;
    if (encryptionBegins()) {
      for (ClusterNode node : checked.cluster().nodesWith(Role.CONTROL_PLANE)) {
        StepId id = Steps.on(Phase.CONTROL_PLANE, "begin-encryption", node.name());
        Set<StepId> free = Steps.all(turn, result().loggedIn(node.name()));
        steps.add(new Completing(encryptionFile(id, node, free, () -> encryption().file())));
        turn = Set.of(id);
      }
    }
    return steps;
  }

  private PlaceFiles encryptionFile(
      StepId id, ClusterNode node, Set<StepId> turn, Supplier<Optional<Secret>> content) {
    return byFileDeployer(
        id,
        node,
        turn,
        () -> content.get().map(text -> List.of(ConfigFiles.file(EncryptionFile.PATH, text))));
  }

  private Encryption encryption() {
    return checked.secured().encryption();
  }

  private Step certificates(ClusterNode node, Set<StepId> turn) {
    return new PlaceFiles(
        placeCertificates(node.name()),
        node.name(),
        Steps.all(
            turn,
            checked.probed(),
            Set.of(
                checked.secured().issued(),
                checked.fleet().pulled(node, SystemImage.CERT_DOWNLOADER))),
        engine -> "/etc/kubernetes/ssl",
        engine -> Deployers.CERTIFICATES.render(checked.cluster(), node, engine),
        engine ->
            checked
                .secured()
                .certificates()
                .peek()
                .map(bundle -> NodeFiles.of(checked.cluster(), node, bundle)),
        new Readers(
            path -> CertificateReaders.of(path, node),
            Optional.of("/etc/kubernetes/ssl/.restarts"),
            health(node)));
  }

  /** Members of a new cluster are not well before most of them are there. */
  private Map<String, Probe> health(ClusterNode node) {
    return established
        ? Stream.of(Component.ETCD, Component.KUBE_APISERVER)
            .collect(
                Collectors.toMap(
                    Component::container, one -> Health.of(one, checked.cluster(), node)))
        : Map.of();
  }

  private Step configuration(ClusterNode node, Set<StepId> turn) {
    return byFileDeployer(
        placeConfiguration(node.name()),
        node,
        encrypts(node) ? Steps.all(turn, Set.of(placeCertificates(node.name()))) : turn,
        () -> Optional.of(configurationOf(node)));
  }

  /**
   * Whether the file of the encryption comes to the host. It lies among the certificates, and an
   * engine fails when another upload makes the folder that it is about to make.
   */
  private boolean encrypts(ClusterNode node) {
    return node.has(Role.CONTROL_PLANE) && encryption().concerns();
  }

  private PlaceFiles byFileDeployer(
      StepId id, ClusterNode node, Set<StepId> turn, Supplier<Optional<List<HostFile>>> wanted) {
    return new PlaceFiles(
        id,
        node.name(),
        Steps.all(
            turn,
            checked.probed(),
            checked.secured().saved(),
            Set.of(checked.fleet().pulled(node, SystemImage.ALPINE))),
        engine -> "/etc/kubernetes",
        engine -> Deployers.FILES.render(checked.cluster(), node, engine),
        engine -> wanted.get(),
        new Readers(
            FilesPhase::configurationReaders,
            Optional.of("/etc/kubernetes/.restarts"),
            health(node)));
  }

  private static Set<String> configurationReaders(String path) {
    return switch (path) {
      case CloudFile.PATH -> Set.of("kube-apiserver", "kube-controller-manager", "kubelet");
      case SnapshotKeys.PATH -> Set.of(EtcdSnapshots.NAME);
      default -> Set.of("kube-apiserver");
    };
  }

  private List<HostFile> configurationOf(ClusterNode node) {
    List<HostFile> files = new ArrayList<>(ConfigFiles.of(checked.cluster(), node));
    encryption()
        .file()
        .filter(text -> node.has(Role.CONTROL_PLANE) && !encryptionBegins())
        .ifPresent(text -> files.add(ConfigFiles.file(EncryptionFile.PATH, text)));
    return files;
  }

  private Step registryLogins(ClusterNode node) {
    return new PlaceFiles(
        placeRegistryLogins(node.name()),
        node.name(),
        // The carrier has the name of the one before.
        Set.of(placeConfiguration(node.name())),
        engine -> RegistryLogins.path(checked.cluster(), engine),
        engine -> Deployers.REGISTRY_LOGINS.render(checked.cluster(), node, engine),
        engine -> Optional.of(List.of(RegistryLogins.file(checked.cluster(), engine))),
        // A kubelet reads its logins anew every five minutes.
        new Readers(path -> Set.of("kubelet"), Optional.empty(), Map.of()));
  }

  @Override
  public Equipped result() {
    return new Equipped(checked);
  }
}
