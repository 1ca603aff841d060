package io.rke4j.core.phase.finish;

import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Step;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.spi.OperationContext;
import java.util.Set;

/**
 * Writes down what the cluster now is, so that a later run knows what has to go.
 *
 * @param id names the step
 * @param after what must be done before
 * @param cluster the cluster
 * @param addons the names of its addons
 * @param memory what is kept between runs
 */
record RecordCluster(
    StepId id, Set<StepId> after, Resolved cluster, Set<String> addons, ClusterMemory memory)
    implements Step.OnCluster {

  @Override
  public String title() {
    return "record the finished cluster";
  }

  @Override
  public Decision inspect() {
    return memory.isFinished(cluster, addons)
        ? Decision.upToDate()
        : Decision.followUp("record the nodes and addons of the finished cluster");
  }

  @Override
  public void apply(OperationContext context) {
    memory.finish(cluster, addons);
  }
}
