package io.rke4j.core.render;

import io.rke4j.api.cluster.AuditLogSpec;
import io.rke4j.api.cluster.KubeApiSpec;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.document.AuditPolicyFile;
import java.util.Optional;

/** The API server's audit log and the policy that says what goes into it. */
record AuditLog(AuditLogSpec.On log, boolean ownPolicy) {

  static final String POLICY_PATH = "/etc/kubernetes/audit-policy.yaml";
  static final String BIND = "/var/log/kube-audit:/var/log/kube-audit:z";

  private static final String POLICY_FLAG = "audit-policy-file";

  /** The log that the cluster is to have, if any. */
  static Optional<AuditLog> of(Resolved cluster) {
    KubeApiSpec spec = cluster.spec().services().kubeApi();
    boolean ownPolicy = spec.options().args().containsKey(POLICY_FLAG);
    if (spec.auditLog() instanceof AuditLogSpec.On log) {
      return Optional.of(new AuditLog(log, ownPolicy));
    }
    return spec.auditLog() instanceof AuditLogSpec.ByVersion
            && cluster.release().traits().apiServer().auditLog()
        ? Optional.of(new AuditLog(AuditLogSpec.On.DEFAULT, ownPolicy))
        : Optional.empty();
  }

  /** The policy, unless an argument of the user's names another file. */
  Optional<String> policy() {
    return ownPolicy ? Optional.empty() : Optional.of(AuditPolicyFile.of(log.policy()));
  }

  void into(Flags flags) {
    flags
        .set("audit-log-format", log.format().flag())
        .set("audit-log-maxage", Integer.toString(log.maxAge()))
        .set("audit-log-maxbackup", Integer.toString(log.maxBackups()))
        .set("audit-log-maxsize", Integer.toString(log.maxSize()))
        .set("audit-log-path", log.path())
        .set(POLICY_FLAG, POLICY_PATH);
  }

  String checksum() {
    return Checksum.of(AuditPolicyFile.of(log.policy()));
  }
}
