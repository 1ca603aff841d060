package io.rke4j.api.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Collects how the ingress controller is deployed; what is not said gets RKE's default. */
public final class IngressBuilder {

  private static final Set<String> DNS_POLICIES =
      Set.of("", "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");

  private final Problems problems;
  private final PodsBuilder pods;
  private final Map<String, String> options = new TreeMap<>();
  private final Map<String, String> extraArgs = new TreeMap<>();
  private final List<Map<String, Object>> env = new ArrayList<>();
  private final List<Map<String, Object>> volumes = new ArrayList<>();
  private final List<Map<String, Object>> volumeMounts = new ArrayList<>();
  private IngressPorts ports = IngressPorts.USUAL;
  private IngressBackend backend = IngressBackend.USUAL;
  private String dnsPolicy = "";
  private boolean enabled = true;
  private boolean defaultClass = true;

  IngressBuilder(Problems problems) {
    this.problems = problems;
    this.pods =
        new PodsBuilder(
            "ingress",
            "nginx_ingress_controller_priority_class_name",
            PodsBuilder.Kind.DAEMON_SET,
            problems);
  }

  /** Whether it is deployed; it is if not called. */
  public IngressBuilder enabled(boolean wanted) {
    this.enabled = wanted;
    return this;
  }

  /** An entry of the controller's ConfigMap. */
  public IngressBuilder option(String name, String value) {
    options.put(name, value);
    return this;
  }

  /** A further flag of the controller, without leading dashes. */
  public IngressBuilder extraArg(String flag, String value) {
    extraArgs.put(flag, value);
    return this;
  }

  /** How it is reached; {@link IngressPorts#USUAL} if not called. */
  public IngressBuilder ports(IngressPorts reached) {
    this.ports = reached;
    return this;
  }

  /** Where it runs. The tolerations are those of the default backend; see {@link IngressSpec}. */
  public IngressBuilder pods(Consumer<PodsBuilder> placement) {
    placement.accept(pods);
    return this;
  }

  /** What answers where no rule matches; {@link IngressBackend#USUAL} if not called. */
  public IngressBuilder backend(IngressBackend answering) {
    if (!answering.priorityClass().isEmpty()) {
      PriorityClasses.check(
          "ingress.default_http_backend_priority_class_name", answering.priorityClass(), problems);
    }
    this.backend = answering;
    return this;
  }

  /**
   * Whether its class {@code nginx} is that of Ingresses which are made without one; it is if not
   * called. {@code false} needs a controller from 1.0 on.
   */
  public IngressBuilder defaultClass(boolean wanted) {
    this.defaultClass = wanted;
    return this;
  }

  /** How its pods look up names, by Kubernetes' words. */
  public IngressBuilder dnsPolicy(String policy) {
    if (!DNS_POLICIES.contains(policy)) {
      problems.add(
          "ingress.dns_policy",
          "'" + policy + "' is not a DNS policy",
          "use ClusterFirst, ClusterFirstWithHostNet, Default or None");
    }
    this.dnsPolicy = policy;
    return this;
  }

  /** A variable of the controller's environment: an object {@code EnvVar} of Kubernetes' API. */
  public IngressBuilder env(Map<String, Object> variable) {
    return add("ingress.extra_envs", variable, env);
  }

  /** A volume of the controller's pods: an object {@code Volume} of Kubernetes' API. */
  public IngressBuilder volume(Map<String, Object> volume) {
    return add("ingress.extra_volumes", volume, volumes);
  }

  /** Where the controller sees a volume: an object {@code VolumeMount} of Kubernetes' API. */
  public IngressBuilder volumeMount(Map<String, Object> mount) {
    return add("ingress.extra_volume_mounts", mount, volumeMounts);
  }

  private IngressBuilder add(
      String path, Map<String, Object> object, List<Map<String, Object>> objects) {
    if (!(object.get("name") instanceof String name) || name.isBlank()) {
      problems.add(path + "[" + objects.size() + "]", "has no name", "");
    }
    objects.add(object);
    return this;
  }

  IngressSpec build() {
    return new IngressSpec(
        enabled,
        options,
        ports,
        pods.build(),
        new ControllerPod(extraArgs, env, volumes, volumeMounts, dnsPolicy),
        backend,
        defaultClass);
  }
}
