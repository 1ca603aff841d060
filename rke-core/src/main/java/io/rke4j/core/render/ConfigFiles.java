package io.rke4j.core.render;

import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.HostFile;
import java.util.List;

/** The files that containers read on their host, beside certificates, keys and kubeconfigs. */
public final class ConfigFiles {

  private static final int OWNER_ONLY = 0600;

  private ConfigFiles() {}

  /** The files of one node; the same input gives the same files. */
  public static List<HostFile> of(Resolved cluster, ClusterNode node) {
    if (!node.has(Role.CONTROL_PLANE) || !AuditPolicy.applies(cluster)) {
      return List.of();
    }
    // RKE writes files with echo, which ends them with one more newline: the file of a cluster that
    // RKE built is to be found up to date.
    return List.of(HostFile.file(AuditPolicy.PATH, OWNER_ONLY, Secret.of(AuditPolicy.TEXT + "\n")));
  }
}
