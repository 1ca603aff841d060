package io.rke4j.api.cluster;

/**
 * The API server of every control plane node.
 *
 * @param options what the user adds
 * @param admission what it does to a request before the object is kept
 * @param auditLog what it writes down about requests
 * @param secretsEncryption how Secrets are encrypted in etcd
 */
public record KubeApiSpec(
    ServiceOptions options,
    AdmissionSpec admission,
    AuditLogSpec auditLog,
    SecretsEncryption secretsEncryption) {}
