package io.rke4j.api.cluster;

/** What becomes of the account that deploy Jobs act with, which may do everything. */
public enum DeployerAccount {
  /** It stays, as with RKE. */
  STAYS,
  /** It goes when all is deployed, and comes back for as long as something is to be deployed. */
  GOES
}
