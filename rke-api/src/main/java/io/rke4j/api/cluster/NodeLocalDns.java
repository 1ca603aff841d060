package io.rke4j.api.cluster;

/** Whether every node keeps what the cluster's DNS server answers. */
public sealed interface NodeLocalDns {

  /** It does not; pods ask the DNS server. */
  record Off() implements NodeLocalDns {}

  /**
   * It does, and pods ask the node.
   *
   * @param address where it listens on every node, for example {@code 169.254.20.10}
   * @param pods where its pods run; pods on other nodes would not find names
   */
  record On(String address, PodsSpec pods) implements NodeLocalDns {}
}
