package io.rke4j.api.cluster;

/**
 * A machine for a driver to make.
 *
 * @param cpus number of virtual processors
 * @param memory size with a binary unit, for example {@code 8Gi}
 * @param disk size with a binary unit, for example {@code 40Gi}
 */
public record VirtualMachine(int cpus, String memory, String disk) implements MachineSpec {

  /** Checks that there is at least one processor. */
  public VirtualMachine {
    if (cpus < 1) {
      throw new IllegalArgumentException("a machine needs at least one processor");
    }
  }
}
