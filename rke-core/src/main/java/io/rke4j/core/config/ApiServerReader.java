package io.rke4j.core.config;

import io.rke4j.api.cluster.AdmissionSpec;
import io.rke4j.api.cluster.AuditLogSpec;
import io.rke4j.api.cluster.EventRateLimit;
import io.rke4j.api.cluster.EventRateLimits;
import io.rke4j.api.cluster.KubeApiBuilder;
import io.rke4j.api.cluster.PodSecurity;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.core.document.AdmissionFile;
import io.rke4j.core.document.AuditPolicyFile;
import io.rke4j.core.document.Documents;
import io.rke4j.core.document.EncryptionFile;
import java.util.List;
import java.util.Optional;

/** Reads what {@code services.kube-api} says beyond arguments, mounts and variables. */
final class ApiServerReader {

  private final FileProblems problems;
  private final Place kubeApi;

  ApiServerReader(FileProblems problems, Place kubeApi) {
    this.problems = problems;
    this.kubeApi = kubeApi;
  }

  void read(KubeApiBuilder builder) {
    if (kubeApi.truth("always_pull_images").orElse(false)) {
      builder.alwaysPullImages();
    }
    if (kubeApi.truth("pod_security_policy").orElse(false)) {
      builder.podSecurityPolicy();
    }
    if (!problems.explains(kubeApi.at("pod_security_configuration"))) {
      kubeApi
          .text("pod_security_configuration")
          .map(word -> word.equals("restricted") ? PodSecurity.RESTRICTED : PodSecurity.PRIVILEGED)
          .ifPresent(builder::podSecurity);
    }
    eventRateLimit(builder);
    encryption(kubeApi.section("secrets_encryption_config"), builder);
    kubeApi
        .document("admission_configuration")
        .ifPresent(
            text -> {
              builder.admissionConfiguration(text);
              AdmissionSpec alone = new AdmissionSpec(false, false, EventRateLimits.OFF, text);
              note(AdmissionFile.problems(Documents.ADMISSION, alone));
            });
    if (kubeApi.hasSection("audit_log")) {
      auditLog(kubeApi.section("audit_log"), builder);
    }
  }

  private void eventRateLimit(KubeApiBuilder builder) {
    Place block = kubeApi.section("event_rate_limit");
    if (!isOn(block, "configuration")) {
      return;
    }
    builder.limitEvents();
    List<Place> limits = block.section("configuration").sections("limits");
    if (block.hasSection("configuration") && limits.isEmpty()) {
      problems.add(block.at("configuration"), "has no limits", "name them, or leave it out");
    }
    limits.forEach(limit -> limit(limit, builder));
  }

  private void encryption(Place block, KubeApiBuilder builder) {
    if (!isOn(block, "custom_config")) {
      return;
    }
    builder.encryptSecrets();
    block
        .document("custom_config")
        .map(Secret::of)
        .ifPresent(
            custom -> {
              builder.encryptSecrets(custom);
              note(EncryptionFile.problems(Documents.ENCRYPTION, custom));
            });
  }

  private void limit(Place limit, KubeApiBuilder builder) {
    Optional<EventRateLimit.Scope> scope =
        List.of(EventRateLimit.Scope.values()).stream()
            .filter(one -> limit.text("type").filter(one.kubernetesName()::equals).isPresent())
            .findFirst();
    if (limit.text("type").isEmpty() && !problems.explains(limit.at("type"))) {
      problems.add(limit.at("type"), "is missing", "");
    }
    if (limit.has("cacheSize") && limit.has("cachesize")) {
      problems.add(limit.at("cachesize"), "is the same as cacheSize, which is there", "keep one");
    }
    // A type that is refused still counts, so that the next limit keeps its number.
    builder.limitEvents(
        scope.orElse(EventRateLimit.Scope.SERVER),
        limit.whole("qps").orElse(0),
        limit.whole("burst").orElse(0),
        limit.whole("cacheSize").or(() -> limit.whole("cachesize")).orElse(0));
  }

  /** An empty block switches the log off, as one that says so. */
  private void auditLog(Place block, KubeApiBuilder builder) {
    if (!isOn(block, "configuration")) {
      builder.noAuditLog();
      return;
    }
    Place given = block.section("configuration");
    given
        .document("policy")
        .ifPresent(text -> note(AuditPolicyFile.problems(Documents.AUDIT_POLICY, text)));
    builder.auditLog(
        byDefault ->
            new AuditLogSpec.On(
                given.whole("max_age").orElse(byDefault.maxAge()),
                given.whole("max_backup").orElse(byDefault.maxBackups()),
                given.whole("max_size").orElse(byDefault.maxSize()),
                given.text("path").orElse(byDefault.path()),
                given.text("format").filter("legacy"::equals).isPresent()
                    ? AuditLogSpec.Format.LEGACY
                    : AuditLogSpec.Format.JSON,
                given.document("policy").orElse("")));
  }

  /** Whether a block switches something on; if not, it must not say how. */
  private boolean isOn(Place block, String details) {
    boolean on = block.truth("enabled").orElse(false);
    if (!on && block.hasSection(details) && !problems.explains(block.at("enabled"))) {
      problems.add(
          block.at(details),
          "has no effect, since " + block.at("enabled") + " is not true",
          "switch it on, or leave it out");
    }
    return on;
  }

  private void note(List<SpecProblem> found) {
    found.forEach(one -> problems.add(one.path(), one.problem(), one.hint()));
  }
}
