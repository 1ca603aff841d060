package io.rke4j.core;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.ProvisionerProvider;

/** How the API finds this module. */
public final class CoreProvisionerProvider implements ProvisionerProvider {

  @Override
  public ClusterProvisioner.Builder newBuilder() {
    return new ProvisionerBuilder();
  }
}
