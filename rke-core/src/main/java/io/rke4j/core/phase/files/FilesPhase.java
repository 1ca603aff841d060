package io.rke4j.core.phase.files;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.document.EncryptionFile;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.pki.Encryption;
import io.rke4j.core.phase.portcheck.Checked;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.core.render.ConfigFiles;
import io.rke4j.core.render.Deployers;
import io.rke4j.core.render.RegistryLogins;
import io.rke4j.spi.runtime.HostFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    List<Step> introductions = encryptionFiles().introductions();
    steps.addAll(introductions);
    Set<StepId> turn = Steps.ids(introductions);
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

  private Encryption encryption() {
    return checked.secured().encryption();
  }

  private EncryptionFiles encryptionFiles() {
    return new EncryptionFiles(checked, established);
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
        engine -> NodeFiles.FOLDER,
        engine -> Deployers.CERTIFICATES.render(checked.cluster(), node, engine),
        engine ->
            checked
                .secured()
                .certificates()
                .peek()
                .map(bundle -> NodeFiles.of(checked.cluster(), node, bundle)),
        new Readers(
            path -> CertificateReaders.of(path, node),
            Optional.of(RestartNote.in(NodeFiles.FOLDER)),
            Readers.health(checked.cluster(), node, established)));
  }

  private Step configuration(ClusterNode node, Set<StepId> turn) {
    return new FileDeployment(checked, established)
        .place(
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

  private List<HostFile> configurationOf(ClusterNode node) {
    List<HostFile> files = new ArrayList<>(ConfigFiles.of(checked.cluster(), node));
    encryption()
        .file()
        .filter(text -> node.has(Role.CONTROL_PLANE) && !encryptionFiles().comeLater())
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
