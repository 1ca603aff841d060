package io.rke4j.vsphere.internal.vim;

import io.rke4j.vsphere.settings.VApp;

/** One change of a virtual machine's configuration. */
public sealed interface MachineChange {

  /** The number of processors. */
  record Cpus(int number) implements MachineChange {}

  /** The memory. */
  record Memory(long mib) implements MachineChange {}

  /** A larger size for a disk. */
  record GrowDisk(int key, long kib) implements MachineChange {}

  /** A device goes. */
  record Remove(int key) implements MachineChange {}

  /** A vmxnet3 adapter in a network. */
  record AddAdapter(ObjectId network) implements MachineChange {}

  /** A CD-ROM drive with an ISO file in it. */
  record AddCdrom(int controller, int unit, String image) implements MachineChange {}

  /** A configuration parameter; an empty value takes it away. */
  record Parameter(String key, String value) implements MachineChange {

    /** Without the value, which may be secret. */
    @Override
    public String toString() {
      return "Parameter[" + key + "]";
    }
  }

  /** Another name. */
  record Rename(String name) implements MachineChange {}

  /** The notes, for people. */
  record Note(String text) implements MachineChange {}

  /** vApp options. */
  record VAppOptions(VApp options) implements MachineChange {}
}
