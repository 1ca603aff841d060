package io.rke4j.core.phase.finish;

import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.kube.KubeConnection;
import java.util.Set;

/**
 * A cluster that runs, has all it is to have, and is written down.
 *
 * @param cluster the cluster
 * @param connection the cluster's API
 * @param done all of this is done
 */
public record Finished(Resolved cluster, KubeConnection connection, Set<StepId> done) {

  /** Copies the ids. */
  public Finished {
    done = Set.copyOf(done);
  }
}
