package io.rke4j.core.phase.finish;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.NodeReadiness;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Waits until Kubernetes reports a node as ready, and has heard so from the kubelet that runs now.
 *
 * @param node the node
 * @param after what must be done before
 * @param connection the cluster's API
 * @param ready hears of the node when it is ready
 */
record AwaitNodeReady(
    NodeName node, Set<StepId> after, KubeConnection connection, Consumer<NodeName> ready)
    implements Step.OnNode {

  static StepId id(NodeName node) {
    return Steps.on(Phase.FINISH, "await-ready", node);
  }

  @Override
  public StepId id() {
    return id(node);
  }

  @Override
  public String title() {
    return "wait until node " + node + " is ready";
  }

  @Override
  public Decision inspect(HostView host) {
    Decision.Change expected = Decision.followUp("wait until the node is ready");
    return connection.decide(
        kube ->
            NodeReadiness.of(node, kube.api(), host.containers()).reached()
                ? Decision.upToDate()
                : expected,
        expected);
  }

  @Override
  public void apply(Host host, OperationContext context) {
    NodeReadiness.await(node, connection.api(), host, context, "");
    ready.accept(node);
  }
}
