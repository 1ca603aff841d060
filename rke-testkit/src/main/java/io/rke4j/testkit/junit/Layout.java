package io.rke4j.testkit.junit;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;

/**
 * How many nodes a cluster has, and what they are.
 *
 * @param nodes all
 * @param controlPlanes those of them that are control planes with a member of etcd
 * @param kubernetes the version
 */
record Layout(int nodes, int controlPlanes, String kubernetes) {

  /** What a cluster.yml without a version means to the library. */
  static final String USUAL_VERSION = "v1.20.15-rancher2-1";

  private static final String NAME = "test";

  Layout {
    if (nodes < 1 || controlPlanes < 1 || controlPlanes > nodes) {
      throw new IllegalArgumentException(
          "a cluster of "
              + nodes
              + " nodes cannot have "
              + controlPlanes
              + " control planes; it needs at least one of each, and a node for each control plane");
    }
  }

  ClusterSpec.Builder spec() {
    return ClusterSpec.named(NAME).kubernetes(kubernetes);
  }

  Role[] roles(int index) {
    return index < controlPlanes
        ? new Role[] {Role.CONTROL_PLANE, Role.ETCD, Role.WORKER}
        : new Role[] {Role.WORKER};
  }
}
