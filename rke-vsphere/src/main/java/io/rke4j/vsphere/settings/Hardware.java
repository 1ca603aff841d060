package io.rke4j.vsphere.settings;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The size that a template gives machines, and their configuration parameters. A node of a cluster
 * says its own size ({@code NodeBuilder.machine}), and that counts; the three sizes here are what
 * to give it: {@code machine(hardware.cpus(), hardware.memory(), hardware.disk())}.
 *
 * @param cpus number of virtual processors
 * @param memoryMib memory in MiB
 * @param diskMib size of the first disk in MiB; a larger one is never shrunk
 * @param parameters configuration parameters, for example {@code disk.enableUUID}, and {@code
 *     guestinfo.…}
 */
public record Hardware(int cpus, int memoryMib, int diskMib, Map<String, String> parameters) {

  /** Checks the sizes and that no parameter is one of the driver's own marks. */
  public Hardware {
    if (cpus < 1 || memoryMib < 4 || diskMib < 1) {
      throw new IllegalArgumentException(
          "a machine needs a processor, 4 MiB of memory and a disk at least");
    }
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    for (String key : parameters.keySet()) {
      if (key.isBlank() || key.startsWith("rke4j.")) {
        throw new IllegalArgumentException(
            "'" + key + "' is no configuration parameter to set: give another name");
      }
    }
  }

  /** The sizes that Rancher gives, and no parameters: 2 processors, 2 GiB, 20 GiB. */
  public static Hardware ofRancher() {
    return new Hardware(2, 2048, 20480, Map.of());
  }

  /** The memory as a node of a cluster has it. */
  public String memory() {
    return memoryMib + "Mi";
  }

  /** The disk as a node of a cluster has it. */
  public String disk() {
    return diskMib + "Mi";
  }

  /** Without the parameters' values, which may be secret. */
  @Override
  public String toString() {
    return cpus + " CPUs, " + memory() + ", disk " + disk() + ", parameters " + parameters.keySet();
  }
}
