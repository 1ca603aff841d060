package io.rke4j.core;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Release;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.document.Documents;
import io.rke4j.core.manifest.Manifests;
import io.rke4j.core.manifest.UsedImages;
import io.rke4j.core.pki.ExternalEtcd;
import io.rke4j.spi.node.NodeDriver;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills in what a specification leaves open: what belongs to its version, and where its nodes are.
 */
final class Resolution {

  private Resolution() {}

  static Resolved of(ClusterSpec spec, NodeDriver driver) {
    return of(spec, driver, VersionCatalogue.builtIn());
  }

  static Resolved of(ClusterSpec spec, NodeDriver driver, VersionCatalogue versions) {
    List<SpecProblem> problems = new ArrayList<>(Documents.problems(spec));
    problems.addAll(ExternalEtcd.problems(spec));
    for (NodeSpec node : spec.nodes()) {
      problems.addAll(driver.check(node));
    }
    Release release = versions.release(spec);
    for (SystemImage part : UsedImages.of(spec, release.traits())) {
      if (!release.has(part)) {
        problems.add(
            new SpecProblem(
                "system_images." + part.key(),
                "is needed, and " + spec.version() + " names no image for it",
                "name one, or do without what needs it"));
      }
    }
    problems.addAll(Manifests.problems(spec, release));
    if (!problems.isEmpty()) {
      throw new InvalidSpecException("cluster '" + spec.name() + "'", problems);
    }
    return new Resolved(
        spec, release, spec.nodes().stream().map(node -> locate(node, driver)).toList());
  }

  private static ClusterNode locate(NodeSpec node, NodeDriver driver) {
    return driver
        .find(node)
        .map(machine -> new ClusterNode(node, machine.address(), machine.internalAddress()))
        .orElseGet(() -> ClusterNode.unlocated(node));
  }
}
