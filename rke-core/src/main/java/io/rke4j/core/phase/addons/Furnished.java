package io.rke4j.core.phase.addons;

import io.rke4j.api.plan.StepId;
import io.rke4j.core.phase.network.PodNetwork;
import java.util.Set;

/**
 * A cluster with everything in it.
 *
 * @param network the cluster with its pod network
 * @param deployed every addon is deployed or gone
 * @param addons the names of what is in it, the network plugin included
 */
public record Furnished(PodNetwork network, Set<StepId> deployed, Set<String> addons) {

  /** Copies the sets. */
  public Furnished {
    deployed = Set.copyOf(deployed);
    addons = Set.copyOf(addons);
  }
}
