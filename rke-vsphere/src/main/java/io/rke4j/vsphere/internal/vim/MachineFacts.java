package io.rke4j.vsphere.internal.vim;

import java.util.List;
import java.util.Map;

/**
 * A virtual machine as it is now.
 *
 * @param mark name, UUID and marks
 * @param state power and version of its configuration
 * @param size processors and memory
 * @param devices its devices
 * @param vmxPath where its files are: {@code [datastore] folder/name.vmx}
 * @param guest what its guest tells about its network
 * @param attributes values of custom attributes by their numbers
 */
public record MachineFacts(
    MachineMark mark,
    State state,
    Size size,
    List<Device> devices,
    String vmxPath,
    Guest guest,
    Map<Integer, String> attributes) {

  /** Copies the collections. */
  public MachineFacts {
    devices = List.copyOf(devices);
    attributes = Map.copyOf(attributes);
  }

  /** Its id. */
  public ObjectId id() {
    return mark.id();
  }

  /**
   * Power and version.
   *
   * @param on whether it is powered on
   * @param template whether it is a template
   * @param changeVersion of the configuration; a change that names an older one is refused
   */
  public record State(boolean on, boolean template, String changeVersion) {}

  /**
   * Size.
   *
   * @param cpus processors
   * @param memoryMib memory in MiB
   */
  public record Size(int cpus, long memoryMib) {}

  /**
   * What VMware Tools report.
   *
   * @param nics the guest's network interfaces
   * @param address what they take for the machine's address; empty if unknown
   */
  public record Guest(List<Nic> nics, String address) {

    /** Copies the interfaces. */
    public Guest {
      nics = List.copyOf(nics);
    }
  }

  /**
   * A network interface in the guest.
   *
   * @param mac its MAC address
   * @param addresses its IP addresses
   */
  public record Nic(String mac, List<String> addresses) {

    /** Copies the addresses. */
    public Nic {
      addresses = List.copyOf(addresses);
    }
  }
}
