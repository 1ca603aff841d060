package io.rke4j.testkit.host;

/**
 * What a simulated host says of itself, to scripts and by its engine.
 *
 * @param hostname its own name
 * @param machineId as in {@code /etc/machine-id}
 * @param kernel as {@code uname -r} says it
 * @param operatingSystem as Docker Engine names it
 * @param processors how many
 * @param memoryKib in KiB
 * @param engine the release of Docker Engine
 */
public record HostFacts(
    String hostname,
    String machineId,
    String kernel,
    String operatingSystem,
    int processors,
    long memoryKib,
    EngineRelease engine) {

  /** A Debian 12 with four processors, 8 GiB, and Docker Engine 20.10. */
  public static HostFacts usual(String hostname, String machineId) {
    return new HostFacts(
        hostname,
        machineId,
        "6.1.0-18-amd64",
        "Debian GNU/Linux 12 (bookworm)",
        4,
        8L * 1024 * 1024,
        EngineRelease.USUAL);
  }

  /** The same with another Docker Engine. */
  public HostFacts withEngine(EngineRelease release) {
    return new HostFacts(
        hostname, machineId, kernel, operatingSystem, processors, memoryKib, release);
  }
}
