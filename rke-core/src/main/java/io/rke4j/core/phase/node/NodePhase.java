package io.rke4j.core.phase.node;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.plan.Phase;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Connections and images. Images are pulled as soon as a host answers, while everything else goes
 * on.
 *
 * @param cluster the cluster
 * @param known whether the keys of this cluster are in the state store
 */
public record NodePhase(Resolved cluster, boolean known) implements PhaseUnit<Fleet> {

  @Override
  public Phase phase() {
    return Phase.NODE;
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Fleet fleet = result();
    for (ClusterNode node : cluster.nodes()) {
      steps.add(new CheckEngine(cluster, node, known));
      for (ImageRef image : NodeImages.of(cluster, node)) {
        steps.add(new PullImage(node.name(), image, Set.of(fleet.checked(node.name()))));
      }
    }
    return steps;
  }

  @Override
  public Fleet result() {
    return new Fleet(cluster);
  }
}
