package io.rke4j.api.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Collects what the API server does beyond its defaults. */
public final class KubeApiBuilder {

  private static final String PATH = "services.kube-api";
  private static final String OWN_ADMISSION_FILE = "admission-control-config-file";
  private static final String OWN_POLICY_FILE = "audit-policy-file";
  private static final String OWN_ENCRYPTION = "encryption-provider-config";
  private static final String OWN_PLUGINS = "enable-admission-plugins";
  private static final String LOG_FOLDER = "/var/log/kube-audit/";

  private final Problems problems;
  private final List<EventRateLimit> limits = new ArrayList<>();
  private boolean alwaysPullImages;
  private boolean podSecurityPolicy;
  private PodSecurity podSecurity = PodSecurity.BY_VERSION;
  private boolean limitsEvents;
  private String admission = "";
  private SecretsEncryption encryption = new SecretsEncryption.Off();
  private Instant keyMadeSince = Instant.EPOCH;
  private AuditLogSpec auditLog = new AuditLogSpec.ByVersion();

  KubeApiBuilder(Problems problems) {
    this.problems = problems;
  }

  /** Pulls every pod's images anew, so that nobody runs an image without the right to pull it. */
  public KubeApiBuilder alwaysPullImages() {
    this.alwaysPullImages = true;
    return this;
  }

  /**
   * Lets only pods run that a PodSecurityPolicy allows. As RKE does, those of {@code kube-system}
   * and {@code ingress-nginx} are allowed everything; other namespaces need policies of their own.
   * Needs authorization by roles, and Kubernetes older than 1.25.
   */
  public KubeApiBuilder podSecurityPolicy() {
    this.podSecurityPolicy = true;
    return this;
  }

  /**
   * Sets the pod security standard of namespaces whose labels name none. Needs authorization by
   * roles, and Kubernetes 1.23 or newer.
   */
  public KubeApiBuilder podSecurity(PodSecurity standard) {
    this.podSecurity = standard;
    return this;
  }

  /** Limits events as RKE does: 5000 a second and 20000 at once for each server. */
  public KubeApiBuilder limitEvents() {
    this.limitsEvents = true;
    return this;
  }

  /** Limits events; may be called for each scope. */
  public KubeApiBuilder limitEvents(
      EventRateLimit.Scope scope, int perSecond, int burst, int cacheSize) {
    this.limitsEvents = true;
    problems.value(
        PATH + ".event_rate_limit.configuration.limits[" + limits.size() + "]",
        false,
        () -> limits.add(new EventRateLimit(scope, perSecond, burst, cacheSize)));
    return this;
  }

  /** Configures admission plugins by an {@code AdmissionConfiguration} in YAML. */
  public KubeApiBuilder admissionConfiguration(String yaml) {
    this.admission = yaml;
    return this;
  }

  /** Writes an audit log, even if the version has none by default; the change starts from RKE's. */
  public KubeApiBuilder auditLog(UnaryOperator<AuditLogSpec.On> change) {
    this.auditLog =
        problems.value(
            PATH + ".audit_log.configuration",
            AuditLogSpec.On.DEFAULT,
            () -> change.apply(AuditLogSpec.On.DEFAULT));
    return this;
  }

  /** Writes no audit log. */
  public KubeApiBuilder noAuditLog() {
    this.auditLog = new AuditLogSpec.Off();
    return this;
  }

  /**
   * Encrypts Secrets in etcd with a key that is made once and kept with the cluster's other keys.
   * Secrets that are there already are written again, also when encryption is switched off later.
   */
  public KubeApiBuilder encryptSecrets() {
    this.encryption = new SecretsEncryption.Generated();
    return this;
  }

  /**
   * Replaces the key that Secrets are encrypted with if it was made before a moment, and writes
   * every Secret with the new one. It says what is too old, so a second run replaces nothing. The
   * API servers learn the new key before one of them writes with it; the one before can still be
   * read with until the next is made. Needs {@link #encryptSecrets()}.
   */
  public KubeApiBuilder renewEncryptionKey(Instant madeBefore) {
    this.keyMadeSince = madeBefore;
    return this;
  }

  /** Encrypts Secrets in etcd as an {@code EncryptionConfiguration} in YAML says. */
  public KubeApiBuilder encryptSecrets(Secret yaml) {
    this.encryption = new SecretsEncryption.Custom(yaml);
    return this;
  }

  KubeApiSpec build(ServiceOptions options) {
    checkAdmission(options.args());
    checkAuditLog(options);
    if (!(encryption instanceof SecretsEncryption.Off)) {
      excludes(
          options.args().containsKey(OWN_ENCRYPTION), "secrets_encryption_config", OWN_ENCRYPTION);
    }
    return new KubeApiSpec(
        options,
        new AdmissionSpec(
            alwaysPullImages,
            podSecurityPolicy,
            new EventRateLimits(limitsEvents, limits),
            admission,
            podSecurity),
        auditLog,
        encryptionWithKey());
  }

  private SecretsEncryption encryptionWithKey() {
    if (!keyMadeSince.isAfter(Instant.EPOCH)) {
      return encryption;
    }
    if (!(encryption instanceof SecretsEncryption.Generated)) {
      problems.add(
          "rotate_encryption_key",
          "can only replace a key that was made here",
          encryption instanceof SecretsEncryption.Off
              ? "switch " + PATH + ".secrets_encryption_config on, or leave it out"
              : "name a new key before the old one in custom_config, and leave it out");
      return encryption;
    }
    return new SecretsEncryption.Generated(keyMadeSince);
  }

  private void checkAdmission(Map<String, String> args) {
    String ownPlugins = args.get(OWN_PLUGINS);
    if (ownPlugins != null) {
      List<String> plugins = List.of(ownPlugins.split(",", -1));
      needs(alwaysPullImages, "always_pull_images", "AlwaysPullImages", plugins);
      needs(podSecurityPolicy, "pod_security_policy", "PodSecurityPolicy", plugins);
      needs(limitsEvents, "event_rate_limit", "EventRateLimit", plugins);
    }
    if (args.containsKey(OWN_ADMISSION_FILE)) {
      excludes(!admission.isEmpty(), "admission_configuration", OWN_ADMISSION_FILE);
      excludes(!limits.isEmpty(), "event_rate_limit.configuration", OWN_ADMISSION_FILE);
      excludes(
          podSecurity != PodSecurity.BY_VERSION, "pod_security_configuration", OWN_ADMISSION_FILE);
    }
  }

  private void needs(boolean wanted, String key, String plugin, List<String> plugins) {
    if (wanted && !plugins.contains(plugin)) {
      problems.add(
          PATH + "." + key,
          "has no effect, since extra_args." + OWN_PLUGINS + " names the plugins and not " + plugin,
          "add " + plugin + " there, or leave the argument out");
    }
  }

  private void excludes(boolean wanted, String key, String argument) {
    if (wanted) {
      problems.add(
          PATH + "." + key,
          "has no effect, since extra_args." + argument + " names another file",
          "leave one of them out");
    }
  }

  private void checkAuditLog(ServiceOptions options) {
    if (!(auditLog instanceof AuditLogSpec.On log)) {
      return;
    }
    String path = PATH + ".audit_log.configuration.";
    if (!log.policy().isEmpty() && options.args().containsKey(OWN_POLICY_FILE)) {
      excludes(true, "audit_log.configuration.policy", OWN_POLICY_FILE);
    }
    boolean kept =
        log.path().startsWith(LOG_FOLDER)
            || options.binds().stream()
                .filter(bind -> bind.contains(":"))
                .map(bind -> bind.split(":", -1)[1])
                .anyMatch(folder -> log.path().startsWith(folder + "/"));
    if (!log.path().equals("-") && !kept) {
      problems.add(
          path + "path",
          "'" + log.path() + "' is in no folder of the host, so the log would be lost",
          "write " + LOG_FOLDER + "..., or name its folder in extra_binds");
    }
  }
}
