package io.rke4j.testkit.junit;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import java.nio.file.Path;

/** What the cluster of a test stands on. */
interface Ground extends AutoCloseable {

  /** What a test gets that asks for it. */
  Object hosts();

  /** A cluster of all its hosts. */
  ClusterSpec spec();

  /** Tells a provisioner how these hosts are made or known. */
  void introduceTo(ClusterProvisioner.Builder provisioner);

  @Override
  void close();

  /** How a ground comes into being. */
  @FunctionalInterface
  interface Maker {

    /**
     * Makes it.
     *
     * @param folder for its files; is deleted when it is closed
     */
    Ground make(Path folder);
  }
}
