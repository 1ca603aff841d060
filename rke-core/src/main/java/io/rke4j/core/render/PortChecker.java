package io.rke4j.core.render;

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
 * @param targets what to reach, each as {@code address:port}
 */
public record PortChecker(List<String> targets) implements ContainerRenderer {

  /** The container's name on a host. */
  public static final String NAME = "rke-port-checker";

  private static final String SCRIPT =
      "probes=; "
          + "for target in $TARGETS; do "
          + "(nc -w 5 -z ${target%:*} ${target##*:} || { echo $target; exit 1; }) & "
          + "probes=\"$probes $!\"; done; "
          + "verdict=0; for probe in $probes; do wait $probe || verdict=1; done; exit $verdict";

  /** Copies the list. */
  public PortChecker {
    targets = List.copyOf(targets);
  }

  /** What a checker that ran could not reach, each as {@code address:port}. */
  public static List<String> unreachable(RunResult result) {
    return result.standardOutput().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
  }

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    return ContainerSpec.named(NAME, cluster.image(SystemImage.ALPINE))
        .command(List.of("sh", "-c", SCRIPT))
        .env(List.of("TARGETS=" + String.join(" ", targets)))
        .network("host")
        .build();
  }
}
