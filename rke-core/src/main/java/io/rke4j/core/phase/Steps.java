package io.rke4j.core.phase;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.engine.Step;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names of steps, alone and in sets. */
public final class Steps {

  private Steps() {}

  /** A step on one node. */
  public static StepId on(Phase phase, String action, NodeName node) {
    return new StepId(phase, action, node.value());
  }

  /** A step that is not bound to one node. */
  public static StepId once(Phase phase, String action) {
    return new StepId(phase, action, StepId.CLUSTER);
  }

  /** The same step on each of these nodes. */
  public static Set<StepId> onEach(List<ClusterNode> nodes, Function<ClusterNode, StepId> step) {
    return nodes.stream().map(step).collect(Collectors.toUnmodifiableSet());
  }

  /** What these are named by. */
  public static Set<StepId> ids(Collection<? extends Step> steps) {
    return steps.stream().map(Step::id).collect(Collectors.toUnmodifiableSet());
  }

  /** All of these. */
  @SafeVarargs
  public static Set<StepId> all(Collection<StepId>... sets) {
    Set<StepId> union = new HashSet<>();
    for (Collection<StepId> set : sets) {
      union.addAll(set);
    }
    return Set.copyOf(union);
  }
}
