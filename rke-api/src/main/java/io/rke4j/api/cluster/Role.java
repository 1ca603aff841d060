package io.rke4j.api.cluster;

import java.util.Locale;

/** A plane that a node takes part in. */
public enum Role {
  /** Runs an etcd member. */
  ETCD,
  /** Runs the API server, the controller manager and the scheduler. */
  CONTROL_PLANE,
  /** Runs the workloads. */
  WORKER;

  /** The name that RKE and the node label {@code node-role.kubernetes.io/<name>} use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace("_", "");
  }
}
