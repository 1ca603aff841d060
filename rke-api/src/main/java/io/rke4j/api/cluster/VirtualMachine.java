package io.rke4j.api.cluster;

/**
 * A machine for a driver to make.
 *
 * @param cpus number of virtual processors
 * @param memory size with a binary unit, for example {@code 8Gi}
 * @param disk size with a binary unit, for example {@code 40Gi}
 * @param template what the driver is to make it by, under the name that the driver has for it;
 *     empty for its usual way
 */
public record VirtualMachine(int cpus, String memory, String disk, String template)
    implements MachineSpec {

  /** Checks that there is at least one processor. */
  public VirtualMachine {
    if (cpus < 1) {
      throw new IllegalArgumentException("a machine needs at least one processor");
    }
  }

  /** A machine that is made the driver's usual way. */
  public VirtualMachine(int cpus, String memory, String disk) {
    this(cpus, memory, disk, "");
  }

  /** The same machine by another template. */
  public VirtualMachine by(String other) {
    return new VirtualMachine(cpus, memory, disk, other);
  }
}
