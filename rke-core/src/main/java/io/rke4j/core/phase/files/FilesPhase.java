package io.rke4j.core.phase.files;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.document.CloudFile;
import io.rke4j.core.document.EncryptionFile;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.portcheck.Checked;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.core.render.ConfigFiles;
import io.rke4j.core.render.Deployers;
import io.rke4j.core.render.EtcdSnapshots;
import io.rke4j.core.render.RegistryLogins;
import io.rke4j.core.render.SnapshotKeys;
import io.rke4j.spi.runtime.HostFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Certificates by the cert-deployer, configuration files and logins to registries by the
 * file-deployer.
 *
 * @param checked the hosts, seen to reach each other
 */
public record FilesPhase(Checked checked) implements PhaseUnit<Equipped> {

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
    for (ClusterNode node : checked.cluster().nodes()) {
      steps.add(certificates(node));
      steps.add(configuration(node));
      if (RegistryLogins.apply(checked.cluster())) {
        steps.add(registryLogins(node));
      }
    }
    return steps;
  }

  private Step certificates(ClusterNode node) {
    return new PlaceFiles(
        placeCertificates(node.name()),
        node.name(),
        Steps.all(
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
        path -> CertificateReaders.of(path, node));
  }

  private Step configuration(ClusterNode node) {
    return new PlaceFiles(
        placeConfiguration(node.name()),
        node.name(),
        Steps.all(
            checked.probed(),
            checked.secured().saved(),
            Set.of(checked.fleet().pulled(node, SystemImage.ALPINE))),
        engine -> "/etc/kubernetes",
        engine -> Deployers.FILES.render(checked.cluster(), node, engine),
        engine -> Optional.of(configurationOf(node)),
        FilesPhase::configurationReaders);
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
    checked
        .secured()
        .encryption()
        .file()
        .filter(text -> node.has(Role.CONTROL_PLANE))
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
        path -> Set.of("kubelet"));
  }

  @Override
  public Equipped result() {
    return new Equipped(checked);
  }
}
