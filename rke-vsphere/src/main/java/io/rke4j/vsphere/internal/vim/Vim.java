package io.rke4j.vsphere.internal.vim;

import io.rke4j.vsphere.error.VsphereException;
import java.util.List;
import java.util.Optional;

/**
 * All that the driver asks of vCenter's SOAP service. Thread-safe. Methods that return a task's id
 * return before it is done. Every failure is a {@link VsphereException}; after one that is {@link
 * VsphereException#unanswered} nobody knows whether the call was acted on.
 */
public interface Vim extends AutoCloseable {

  /** The folder above all datacenters. */
  ObjectId root();

  /** Name and parent of an object. */
  Item item(ObjectId id);

  /** All objects of a kind below an object, at any depth. */
  List<Item> items(ObjectId below, Kind kind);

  /** What is at an inventory path, without the leading slash. */
  Optional<ObjectId> at(String path);

  /** A reference that an object has to another one, for example a host's {@code parent}. */
  Optional<ObjectId> reference(ObjectId from, String property);

  /** All machines below an object, with their marks. */
  List<MachineMark> marks(ObjectId below);

  /** A machine, or empty if it is gone. */
  Optional<MachineFacts> machine(ObjectId id);

  /** The datastore that Storage DRS recommends for a clone; its target names the cluster. */
  ObjectId recommendedDatastore(ObjectId datastoreCluster, CloneOrder order);

  /** Starts a full clone, powered off. */
  ObjectId clone(CloneOrder order);

  /**
   * Starts a change of a machine's configuration.
   *
   * @param machine the machine as it was looked at; if it has been changed since, the task fails
   * @param changes what to change
   */
  ObjectId reconfigure(MachineFacts machine, List<MachineChange> changes);

  /** Starts powering on. */
  ObjectId powerOn(ObjectId machine);

  /** Asks the guest to shut down, and does not wait for it. */
  void shutDownGuest(ObjectId machine);

  /** Starts powering off. */
  ObjectId powerOff(ObjectId machine);

  /** Starts destroying a machine and its files. */
  ObjectId destroy(ObjectId machine);

  /** Starts deleting a file, {@code [datastore] path}. */
  ObjectId deleteFile(ObjectId datacenter, String path);

  /** Sets a custom attribute. */
  void setAttribute(ObjectId machine, int number, String value);

  /** How far a task is. */
  TaskView task(ObjectId task);

  /** Asks a task to stop; one that is done or cannot is left alone. */
  void cancel(ObjectId task);

  @Override
  void close();
}
