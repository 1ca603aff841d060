package io.rke4j.vsphere.settings;

/** What machines are made from. Its guest needs cloud-init, VMware Tools and a disk. */
public sealed interface MachineSource {

  /**
   * A full clone of a virtual machine or a template.
   *
   * @param name its name or path
   */
  record Clone(String name) implements MachineSource {}

  /**
   * An OVF template of a content library.
   *
   * @param library the library's name
   * @param item the item's name
   */
  record LibraryItem(String library, String item) implements MachineSource {}
}
