package io.rke4j.api.cluster;

/** What answers the cluster's DNS queries. */
public enum DnsProvider {
  /** CoreDNS, RKE's default. */
  COREDNS("coredns", "coredns"),
  /** kube-dns, which was the default before Kubernetes 1.14. */
  KUBE_DNS("kube-dns", "kube_dns"),
  /** Nothing. */
  NONE("none", "coredns");

  private final String label;
  private final String optionPrefix;

  DnsProvider(String label, String optionPrefix) {
    this.label = label;
    this.optionPrefix = optionPrefix;
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
