package io.rke4j.core.document;

import io.rke4j.api.cluster.AuditLogSpec;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.KubeApiSpec;
import io.rke4j.api.cluster.SecretsEncryption;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.TokenWebhook;
import java.util.ArrayList;
import java.util.List;

/** Looks through the configuration files that the user has put into a specification. */
public final class Documents {

  /** Where the audit policy stands. */
  public static final String AUDIT_POLICY = "services.kube-api.audit_log.configuration.policy";

  /** Where the configuration of admission plugins stands. */
  public static final String ADMISSION = "services.kube-api.admission_configuration";

  /** Where the configuration of encryption stands. */
  public static final String ENCRYPTION =
      "services.kube-api.secrets_encryption_config.custom_config";

  /** Where it says whom the API server asks about tokens. */
  public static final String WEBHOOK = "authentication.webhook.config_file";

  private Documents() {}

  /** What is wrong with them. */
  public static List<SpecProblem> problems(ClusterSpec spec) {
    KubeApiSpec kubeApi = spec.services().kubeApi();
    List<SpecProblem> problems =
        new ArrayList<>(AdmissionFile.problems(ADMISSION, kubeApi.admission()));
    if (kubeApi.auditLog() instanceof AuditLogSpec.On log && !log.policy().isEmpty()) {
      problems.addAll(AuditPolicyFile.problems(AUDIT_POLICY, log.policy()));
    }
    if (kubeApi.secretsEncryption() instanceof SecretsEncryption.Custom custom) {
      problems.addAll(EncryptionFile.problems(ENCRYPTION, custom.configuration()));
    }
    if (spec.access().tokenWebhook() instanceof TokenWebhook.On webhook
        && !webhook.kubeconfig().reveal().isEmpty()) {
      problems.addAll(WebhookFile.problems(WEBHOOK, webhook.kubeconfig()));
    }
    return problems;
  }
}
