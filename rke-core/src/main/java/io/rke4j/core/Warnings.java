package io.rke4j.core;

import io.rke4j.api.cluster.NetworkPlugin;
import io.rke4j.api.cluster.Role;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.ProvidedCertificates;
import java.util.ArrayList;
import java.util.List;

/** What a user should know of a cluster that can be built, but perhaps was not meant so. */
final class Warnings {

  private Warnings() {}

  static List<String> of(Resolved cluster) {
    List<String> warnings = new ArrayList<>(ProvidedCertificates.warnings(cluster));
    int members = cluster.nodesWith(Role.ETCD).size();
    if (members % 2 == 0 && members > 0) {
      warnings.add(
          members
              + " etcd members tolerate no more failures than "
              + (members - 1)
              + "; use an odd number");
    }
    if (cluster.nodesWith(Role.WORKER).isEmpty()) {
      warnings.add("no node has role worker, so no workload, and no DNS server, will run");
    }
    if (cluster.spec().network().plugin() == NetworkPlugin.NONE) {
      warnings.add(
          "network.plugin is none: nodes stay NotReady until you have installed a CNI plugin,"
              + " and nobody waits for them");
    }
    return warnings;
  }
}
