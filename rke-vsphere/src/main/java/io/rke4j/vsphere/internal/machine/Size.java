package io.rke4j.vsphere.internal.machine;

import io.rke4j.api.cluster.VirtualMachine;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node wants of its machine, in the units of vSphere.
 *
 * @param cpus processors
 * @param memoryMib memory in MiB
 * @param diskMib disk in MiB
 */
record Size(int cpus, long memoryMib, long diskMib) {

  private static final Pattern QUANTITY = Pattern.compile("(\\d{1,9})(Mi|Gi|Ti)");
  private static final Map<String, Long> UNITS = Map.of("Mi", 1L, "Gi", 1024L, "Ti", 1048576L);

  /**
   * Reads the sizes.
   *
   * @throws IllegalArgumentException if one of them is no size
   */
  static Size of(VirtualMachine machine) {
    long memory = mib("memory", machine.memory());
    // vCenter refuses others.
    if (memory % 4 != 0) {
      throw new IllegalArgumentException(
          "memory " + machine.memory() + " is not a multiple of 4 MiB");
    }
    return new Size(machine.cpus(), memory, mib("disk", machine.disk()));
  }

  private static long mib(String what, String text) {
    Matcher quantity = QUANTITY.matcher(text);
    if (!quantity.matches() || quantity.group(1).matches("0+")) {
      throw new IllegalArgumentException(
          what + " '" + text + "' is no size: write a number and Mi, Gi or Ti");
    }
    return Long.parseLong(quantity.group(1)) * UNITS.getOrDefault(quantity.group(2), 1L);
  }
}
