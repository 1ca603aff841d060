package io.rke4j.core.kube;

import java.util.Set;

/** What RKE puts into clusters. It neither marks it there nor writes it down. */
public final class RkeAddons {

  /** All names that it ever gives to addons; also the names of the ConfigMaps that hold them. */
  public static final Set<String> NAMES =
      Set.of(
          "rke-network-plugin",
          "rke-coredns-addon",
          "rke-kube-dns-addon",
          "rke-nodelocal-addon",
          "rke-metrics-addon",
          "rke-ingress-controller",
          "rke-user-addon",
          "rke-user-includes-addons");

  private RkeAddons() {}
}
