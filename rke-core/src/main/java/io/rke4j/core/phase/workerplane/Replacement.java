package io.rke4j.core.phase.workerplane;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.HostView;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.kube.NodeRollout.Standing;
import java.util.List;
import java.util.function.Function;

/**
 * What is about to be replaced on a node, as far as pods notice it. RKE cordons a node for its
 * kubelet and its proxies, and tries those that are not ready without.
 *
 * @param node the node
 * @param containers the steps that replace them
 * @param connection the cluster's API
 */
record Replacement(NodeName node, List<Step.OnNode> containers, KubeConnection connection) {

  Replacement {
    containers = List.copyOf(containers);
  }

  /** Whether anything of it is still to be done. */
  boolean isPending(HostView host) {
    return containers.stream().anyMatch(step -> !step.inspect(host).isUpToDate());
  }

  /**
   * Decides by how the node stands.
   *
   * @param look decides
   * @param expected what the step does where Kubernetes does not answer
   */
  Decision decide(Function<Standing, Decision> look, Decision.Change expected) {
    return connection.decide(kube -> look.apply(standing()), expected);
  }

  /**
   * How the node stands now. Whoever acts looks again, since what was decided while Kubernetes did
   * not answer is only what was expected.
   */
  Standing standing() {
    return connection.api().rollout().standing(node);
  }
}
