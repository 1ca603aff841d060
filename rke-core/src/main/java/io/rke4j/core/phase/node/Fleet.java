package io.rke4j.core.phase.node;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.phase.Steps;
import java.util.Set;

/**
 * The hosts of the cluster, and how to name what happens to them.
 *
 * @param cluster the cluster
 */
public record Fleet(Resolved cluster) {

  /** The host answers and its engine will do. */
  public StepId checked(NodeName node) {
    return Steps.on(Phase.NODE, "check-engine", node);
  }

  /** All hosts answer. */
  public Set<StepId> allChecked() {
    return Steps.onEach(cluster.nodes(), node -> checked(node.name()));
  }

  /** An image is on the host. */
  public StepId pulled(ClusterNode node, SystemImage image) {
    return pull(node.name(), cluster.image(image));
  }

  static StepId pull(NodeName node, ImageRef image) {
    return Steps.on(Phase.NODE, "pull-" + image.value(), node);
  }
}
