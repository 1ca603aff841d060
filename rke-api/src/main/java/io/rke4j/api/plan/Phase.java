package io.rke4j.api.plan;

import java.util.Locale;

/**
 * The phases of provisioning, in order. Work of several phases overlaps where nothing forbids it.
 */
public enum Phase {
  /** Namespaces, roles, records and keys in the management cluster, where there is one. */
  PREPARE,
  /** Machines made, where a driver makes them; over before anything else begins. */
  MACHINE,
  /** Hosts connected, images pulled. */
  NODE,
  /** Certificates issued and saved. */
  PKI,
  /** Proof that the nodes reach each other. */
  PORTCHECK,
  /** Certificates and configuration files put on the hosts. */
  FILES,
  /** The etcd members. */
  ETCD,
  /** API servers, controller managers, schedulers, and the rights that later phases need. */
  CONTROL_PLANE,
  /** Kubelets and proxies on every node; labels and taints. */
  WORKER_PLANE,
  /** The network plugin. */
  NETWORK,
  /** DNS, metrics, ingress and the user's own manifests. */
  ADDONS,
  /** Agents started; what was done is awaited and written down. */
  FINISH,
  /** Access handed over, and taken away what only provisioning needed. */
  CLEANUP;

  /** The name used in step ids and events, for example {@code control-plane}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
