package io.rke4j.vsphere.internal.inventory;

import io.rke4j.vsphere.internal.vim.ObjectId;
import java.util.List;
import java.util.Optional;

/**
 * Where machines are made, as objects.
 *
 * @param datacenter the datacenter
 * @param folder the folder for machines
 * @param pool the resource pool
 * @param host the host, if one is asked for
 * @param storage the datastore or datastore cluster
 * @param networks one adapter each, in this order
 */
public record Site(
    ObjectId datacenter,
    ObjectId folder,
    ObjectId pool,
    Optional<ObjectId> host,
    ObjectId storage,
    List<ObjectId> networks) {

  /** Copies the networks. */
  public Site {
    networks = List.copyOf(networks);
  }
}
