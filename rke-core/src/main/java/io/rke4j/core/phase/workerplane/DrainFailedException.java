package io.rke4j.core.phase.workerplane;

import io.rke4j.spi.ProviderException;
import java.util.List;

/** Pods do not leave a node that is to be changed. */
final class DrainFailedException extends ProviderException {

  private static final long serialVersionUID = 1L;

  DrainFailedException(String node, String why, String hint, List<String> evidence) {
    super(
        "drain-failed",
        "the pods of node " + node + " do not leave it: " + why,
        hint + ". The node is cordoned until a run succeeds",
        evidence,
        false,
        null);
  }
}
