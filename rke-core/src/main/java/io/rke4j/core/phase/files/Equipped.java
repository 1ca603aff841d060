package io.rke4j.core.phase.files;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.node.Fleet;
import io.rke4j.core.phase.pki.Secured;
import io.rke4j.core.phase.portcheck.Checked;
import io.rke4j.core.render.RegistryLogins;
import java.util.Set;

/**
 * A fleet whose hosts have their certificates and configuration files.
 *
 * @param checked the hosts, seen to reach each other
 */
public record Equipped(Checked checked) {

  /** The hosts and their certificates. */
  public Secured secured() {
    return checked.secured();
  }

  /** The hosts. */
  public Fleet fleet() {
    return checked.fleet();
  }

  /** The cluster. */
  public Resolved cluster() {
    return checked.cluster();
  }

  /** A container that needs no files can be made on the host, now that its ports are checked. */
  public Set<StepId> readyFor(SystemImage image, ClusterNode node) {
    return Steps.all(checked.probed(), Set.of(secured().issued(), fleet().pulled(node, image)));
  }

  /** The host has its certificates and keys. */
  public Set<StepId> certified(NodeName node) {
    return Set.of(FilesPhase.placeCertificates(node));
  }

  /** All files are on the host. */
  public Set<StepId> placed(NodeName node) {
    return Set.of(FilesPhase.placeCertificates(node), FilesPhase.placeConfiguration(node));
  }

  /** The kubelet finds its logins to registries, if it needs any. */
  public Set<StepId> loggedIn(NodeName node) {
    return RegistryLogins.apply(cluster())
        ? Set.of(FilesPhase.placeRegistryLogins(node))
        : Set.of();
  }
}
