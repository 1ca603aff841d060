package io.rke4j.core.render;

import static java.util.stream.Collectors.joining;

import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.RunResult;
import java.util.List;

/**
 * Tries from a node's own network to reach ports of other nodes, all at once. Its exit code is 0 if
 * it reached them all.
 *
 * @param addresses where to
 * @param ports which ports at each address
 */
public record PortChecker(List<String> addresses, List<Integer> ports)
    implements ContainerRenderer {

  /** The container's name on a host. */
  public static final String NAME = "rke-port-checker";

  private static final String SCRIPT =
      "probes=; "
          + "for host in $HOSTS; do for port in $PORTS; do "
          + "(nc -w 5 -z $host $port || { echo $host:$port; exit 1; }) & probes=\"$probes $!\"; "
          + "done; done; "
          + "verdict=0; for probe in $probes; do wait $probe || verdict=1; done; exit $verdict";

  /** Copies the lists. */
  public PortChecker {
    addresses = List.copyOf(addresses);
    ports = List.copyOf(ports);
  }

  /** What a checker that ran could not reach, each as {@code address:port}. */
  public static List<String> unreachable(RunResult result) {
    return result.standardOutput().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
  }

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    return ContainerSpec.named(NAME, cluster.image(SystemImage.ALPINE))
        .command(List.of("sh", "-c", SCRIPT))
        .env(
            List.of(
                "HOSTS=" + String.join(" ", addresses),
                "PORTS=" + ports.stream().map(String::valueOf).collect(joining(" "))))
        .network("host")
        .build();
  }
}
