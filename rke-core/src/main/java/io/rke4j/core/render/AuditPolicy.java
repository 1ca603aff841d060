package io.rke4j.core.render;

import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Resolved;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the API server writes into its audit log: who did what to which object, without bodies. */
final class AuditPolicy {

  static final String PATH = "/etc/kubernetes/audit-policy.yaml";
  static final String FLAG = "audit-policy-file";

  static final String TEXT =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      metadata:
        creationTimestamp: null
      rules:
      - level: Metadata
      """;

  private AuditPolicy() {}

  /** Whether this policy is used, and not one of the user's own. */
  static boolean applies(Resolved cluster) {
    return cluster.release().traits().auditLog()
        && !cluster.spec().services().kubeApi().args().containsKey(FLAG);
  }

  /** MD5 of the policy: no protection, only a name for its content. */
  static String checksum() {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(TEXT.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "this Java has no MD5, which " + Component.KUBE_APISERVER.container() + " needs", e);
    }
  }
}
