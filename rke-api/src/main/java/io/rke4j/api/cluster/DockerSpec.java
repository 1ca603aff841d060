package io.rke4j.api.cluster;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is done about Docker Engine on the hosts, before anything else is. Nothing, if nobody asks.
 *
 * @param install where it comes from
 * @param options settings of the engine, as in {@code daemon.json}: texts, numbers, booleans, lists
 *     and maps of texts
 * @param certificates a folder of this machine for the authority and the client certificate of the
 *     engines' TLS ports; empty for engines without such a port
 * @param onExistingHosts whether hosts that are there already are meant, too, beside machines that
 *     a driver makes
 */
public record DockerSpec(
    DockerInstall install,
    Map<String, Object> options,
    Optional<Path> certificates,
    boolean onExistingHosts) {

  /** Hosts have an engine, and it is as it is to be. */
  public static final DockerSpec NONE =
      new DockerSpec(new DockerInstall.None(), Map.of(), Optional.empty(), false);

  /** Copies the options. */
  public DockerSpec {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /** Whether the engine of a node is anybody's business. */
  public boolean concerns(NodeSpec node) {
    boolean anything = isConfigured() || !(install instanceof DockerInstall.None);
    return anything && (onExistingHosts || node.machine() instanceof VirtualMachine);
  }

  /** Whether there are settings for the engines. */
  public boolean isConfigured() {
    return !options.isEmpty() || certificates.isPresent();
  }
}
