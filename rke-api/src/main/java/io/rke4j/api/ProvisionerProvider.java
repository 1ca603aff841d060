package io.rke4j.api;

/** Implemented once, by rke-core, and found by {@link java.util.ServiceLoader}. */
public interface ProvisionerProvider {

  /** A builder with nothing set. */
  ClusterProvisioner.Builder newBuilder();
}
