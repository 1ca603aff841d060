package io.rke4j.api.cluster;

/** How the API server decides what a user may do. */
public enum AuthorizationMode {
  /** By roles and bindings, and by node. */
  RBAC,
  /** Every authenticated user may do everything. */
  NONE
}
