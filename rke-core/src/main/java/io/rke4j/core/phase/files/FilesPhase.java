package io.rke4j.core.phase.files;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.portcheck.Checked;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.core.render.ConfigFiles;
import io.rke4j.core.render.Deployers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Certificates by the cert-deployer, configuration files by the file-deployer.
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
        "/etc/kubernetes/ssl",
        engine -> Deployers.CERTIFICATES.render(checked.cluster(), node, engine),
        () ->
            checked
                .secured()
                .certificates()
                .peek()
                .map(bundle -> NodeFiles.of(checked.cluster(), node, bundle)),
        CertificateReaders::of);
  }

  private Step configuration(ClusterNode node) {
    return new PlaceFiles(
        placeConfiguration(node.name()),
        node.name(),
        Steps.all(
            checked.probed(),
            Set.of(checked.secured().issued(), checked.fleet().pulled(node, SystemImage.ALPINE))),
        "/etc/kubernetes",
        engine -> Deployers.FILES.render(checked.cluster(), node, engine),
        () -> Optional.of(ConfigFiles.of(checked.cluster(), node)),
        path -> Set.of("kube-apiserver"));
  }

  @Override
  public Equipped result() {
    return new Equipped(checked);
  }
}
