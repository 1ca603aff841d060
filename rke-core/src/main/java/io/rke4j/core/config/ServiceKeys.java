package io.rke4j.core.config;

import static io.rke4j.core.config.Key.anything;
import static io.rke4j.core.config.Key.choice;
import static io.rke4j.core.config.Key.document;
import static io.rke4j.core.config.Key.pairs;
import static io.rke4j.core.config.Key.section;
import static io.rke4j.core.config.Key.sections;
import static io.rke4j.core.config.Key.text;
import static io.rke4j.core.config.Key.texts;
import static io.rke4j.core.config.Key.truth;
import static io.rke4j.core.config.Key.whole;

import io.rke4j.core.config.Shape.PairsOfLists;
import java.util.stream.Stream;

/** The keys under {@code services}. */
final class ServiceKeys {

  static final Key SERVICES =
      section(
          "services",
          etcd(),
          kubeApi(),
          service("kube-controller", text("cluster_cidr"), text("service_cluster_ip_range")),
          service("scheduler"),
          service(
              "kubelet",
              text("cluster_domain"),
              text("cluster_dns_server"),
              text("infra_container_image"),
              truth("fail_swap_on"),
              truth("generate_serving_certificate")),
          service("kubeproxy"));

  private ServiceKeys() {}

  private static Key etcd() {
    return service(
        "etcd",
        truth("snapshot"),
        text("creation"),
        text("retention"),
        texts("external_urls"),
        text("ca_cert"),
        text("cert"),
        text("key"),
        text("path"),
        whole("uid"),
        whole("gid"),
        backups());
  }

  /**
   * RKE takes an empty block for the wish to have it. The form of names and the time limit are for
   * snapshots that are asked for one by one.
   */
  private static Key backups() {
    return section(
        "backup_config",
        truth("enabled"),
        whole("interval_hours"),
        whole("retention"),
        truth("safe_timestamp"),
        whole("timeout"),
        section(
            "s3backupconfig",
            text("access_key"),
            text("secret_key"),
            text("bucket_name"),
            text("region"),
            text("endpoint"),
            text("custom_ca"),
            text("folder")));
  }

  private static Key kubeApi() {
    return service(
        "kube-api",
        text("service_cluster_ip_range"),
        text("service_node_port_range"),
        truth("pod_security_policy"),
        Key.of("pod_security_configuration", choice("privileged", "restricted")),
        truth("always_pull_images"),
        section("secrets_encryption_config", truth("enabled"), document("custom_config")),
        section(
            "audit_log",
            truth("enabled"),
            section(
                "configuration",
                whole("max_age"),
                whole("max_backup"),
                whole("max_size"),
                text("path"),
                Key.of("format", choice("json", "legacy")),
                document("policy"))),
        document("admission_configuration"),
        section("event_rate_limit", truth("enabled"), eventLimits()));
  }

  private static Key eventLimits() {
    return section(
        "configuration",
        Key.of("apiVersion", choice("eventratelimit.admission.k8s.io/v1alpha1")),
        Key.of("kind", choice("Configuration")),
        sections(
            "limits",
            Key.of("type", choice("Server", "Namespace", "User", "SourceAndObject")),
            whole("qps"),
            whole("burst"),
            whole("cacheSize"),
            // RKE before 1.4 knew no other spelling.
            whole("cachesize")));
  }

  private static Key service(String name, Key... own) {
    Stream<Key> shared =
        Stream.of(
            pairs("extra_args"),
            texts("extra_binds"),
            texts("extra_env"),
            text("image")
                .withoutEffect("has no effect, as with RKE", "name the image under system_images"),
            Key.of("extra_args_array", new PairsOfLists()),
            // These are for Windows hosts, of which there are none.
            pairs("win_extra_args"),
            anything("win_extra_args_array"),
            texts("win_extra_binds"),
            texts("win_extra_env"));
    return section(name, Stream.concat(Stream.of(own), shared).toArray(Key[]::new));
  }
}
