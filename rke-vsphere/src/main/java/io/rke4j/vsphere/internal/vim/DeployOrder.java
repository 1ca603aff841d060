package io.rke4j.vsphere.internal.vim;

import java.util.List;

/**
 * What is to be deployed from a content library, and to where.
 *
 * @param item the id of the library item
 * @param title the item for people
 * @param name the new machine's name
 * @param folder the folder it comes into
 * @param target where it runs and where its files are
 * @param networks where the template's own networks lead until its adapters are replaced
 */
public record DeployOrder(
    String item,
    String title,
    String name,
    ObjectId folder,
    CloneOrder.Target target,
    List<ObjectId> networks) {

  /** Copies the networks. */
  public DeployOrder {
    networks = List.copyOf(networks);
  }
}
