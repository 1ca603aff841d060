package io.rke4j.testkit.kube.api;

import java.util.List;

/**
 * Who makes a request.
 *
 * @param name the user
 * @param groups what the user belongs to
 */
public record Caller(String name, List<String> groups) {

  /** Everybody who is known is authenticated. */
  public Caller {
    groups =
        java.util.stream.Stream.concat(
                groups.stream(), java.util.stream.Stream.of("system:authenticated"))
            .distinct()
            .toList();
  }

  boolean isMaster() {
    return groups.contains("system:masters");
  }
}
