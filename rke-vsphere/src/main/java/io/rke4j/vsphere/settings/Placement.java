package io.rke4j.vsphere.settings;

import java.util.List;

/**
 * Where machines are put. A value is a name, or an inventory path: with {@code /} in front from the
 * root, for example {@code /dc1/vm/rke}, otherwise below the folder of its kind. Empty means: the
 * only one there is.
 *
 * @param datacenter the datacenter
 * @param folder the folder for virtual machines, which must exist; empty for the datacenter's own
 * @param pool the resource pool; empty for that of {@code host}, or the only root pool
 * @param host the host; empty to let DRS decide
 * @param storage the datastore or datastore cluster
 * @param networks one network adapter each, in this order; empty leaves the adapters of the source
 */
public record Placement(
    String datacenter,
    String folder,
    String pool,
    String host,
    Storage storage,
    List<String> networks) {

  /** Copies the networks. */
  public Placement {
    networks = List.copyOf(networks);
  }

  /** The only one of everything, with the networks of the source. */
  public static Placement anywhere() {
    return new Placement("", "", "", "", new Storage.TheOnlyOne(), List.of());
  }
}
