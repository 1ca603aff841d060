package io.rke4j.api.cluster;

/** What answers the cluster's DNS queries. */
public enum DnsProvider {
  /** CoreDNS, RKE's default from Kubernetes 1.14 on. */
  COREDNS("coredns", "coredns"),
  /** kube-dns, RKE's default before Kubernetes 1.14. */
  KUBE_DNS("kube-dns", "kube_dns"),
  /** Nothing. */
  NONE("none", "coredns");

  private static final int CORE_DNS = 14;

  private final String label;
  private final String optionPrefix;

  DnsProvider(String label, String optionPrefix) {
    this.label = label;
    this.optionPrefix = optionPrefix;
  }

  /** What a cluster of this version has if nothing is said. */
  public static DnsProvider usual(KubernetesVersion version) {
    return version.minor() < CORE_DNS ? KUBE_DNS : COREDNS;
  }

  /** The spelling of RKE's {@code dns.provider}. */
  public String label() {
    return label;
  }

  /** The option of RKE that names the priority class of its pods. */
  public String priorityClassOption() {
    return optionPrefix + "_priority_class_name";
  }

  /** The option of RKE that names the priority class of what scales it. */
  public String autoscalerPriorityClassOption() {
    return optionPrefix + "_autoscaler_priority_class_name";
  }
}
