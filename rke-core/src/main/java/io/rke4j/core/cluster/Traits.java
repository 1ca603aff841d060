package io.rke4j.core.cluster;

import java.util.List;

/**
 * Where one Kubernetes version's containers differ from another's beyond their images and flags.
 *
 * @param etcdClientPorts ports under which an etcd member announces itself to clients
 * @param auditLog whether the API server keeps an audit log
 * @param auditPolicyChecksum whether the API server's environment names the audit policy's
 *     checksum, so that a changed policy makes a new container
 * @param kernelModulesMount options of the mount through which kube-proxy sees the kernel's modules
 */
public record Traits(
    List<Integer> etcdClientPorts,
    boolean auditLog,
    boolean auditPolicyChecksum,
    String kernelModulesMount) {

  /** Those of the newest version that is known. */
  public static final Traits NEWEST = new Traits(List.of(2379), true, true, "ro");

  /** Copies the ports. */
  public Traits {
    etcdClientPorts = List.copyOf(etcdClientPorts);
  }
}
