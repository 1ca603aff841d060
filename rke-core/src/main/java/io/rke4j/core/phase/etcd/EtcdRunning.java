package io.rke4j.core.phase.etcd;

import io.rke4j.api.cluster.Role;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.files.Equipped;
import java.util.Set;

/**
 * A fleet with etcd.
 *
 * @param equipped the hosts with their files
 */
public record EtcdRunning(Equipped equipped) {

  /** The cluster. */
  public Resolved cluster() {
    return equipped.cluster();
  }

  /** Every member is started, though it may not have found the others yet. */
  public Set<StepId> started() {
    return Steps.onEach(
        cluster().nodesWith(Role.ETCD),
        member -> Steps.on(Phase.ETCD, EtcdPhase.RUN, member.name()));
  }

  /** Every member is healthy. */
  public Set<StepId> healthy() {
    return Steps.onEach(
        cluster().nodesWith(Role.ETCD),
        member -> Steps.on(Phase.ETCD, EtcdPhase.AWAIT, member.name()));
  }
}
