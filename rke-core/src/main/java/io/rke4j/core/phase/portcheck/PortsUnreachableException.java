package io.rke4j.core.phase.portcheck;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.spi.ProviderException;
import java.util.List;

/** A host cannot connect to ports that the cluster needs. */
final class PortsUnreachableException extends ProviderException {

  private static final long serialVersionUID = 1L;

  PortsUnreachableException(NodeName node, int exitCode, List<String> unreachable) {
    super(
        "ports-unreachable",
        node
            + " cannot connect to "
            + (unreachable.isEmpty()
                ? "other nodes; the checker ended with exit code " + exitCode
                : String.join(", ", unreachable)),
        "Open these ports in the firewalls between the nodes",
        List.of(),
        true,
        null);
  }
}
