package io.rke4j.core.builtin.job;

import io.rke4j.core.kube.KubeApi;
import io.rke4j.spi.addon.AddonDeployer;
import io.rke4j.spi.addon.AddonDeployerProvider;
import io.rke4j.spi.addon.KubeEndpoint;

/** Makes deployers that work with Jobs inside the cluster, as RKE does. */
public final class JobAddonDeployerProvider implements AddonDeployerProvider {

  @Override
  public String id() {
    return "job";
  }

  @Override
  public AddonDeployer open(KubeEndpoint cluster) {
    return new JobAddonDeployer(KubeApi.open(cluster.kubeconfig(), cluster.route()), cluster);
  }
}
