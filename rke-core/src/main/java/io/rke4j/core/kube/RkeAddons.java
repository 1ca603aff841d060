package io.rke4j.core.kube;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What RKE puts into clusters. It neither marks it there nor writes it down. */
public final class RkeAddons {

  /** The one that it never takes away: whoever wants none may have another in its place. */
  private static final String NETWORK_PLUGIN = "rke-network-plugin";

  /** Those that it takes away when they are no longer wanted. */
  public static final Set<String> REMOVABLE =
      Set.of(
          "rke-coredns-addon",
          "rke-kube-dns-addon",
          "rke-nodelocal-addon",
          "rke-metrics-addon",
          "rke-ingress-controller",
          "rke-user-addon",
          "rke-user-includes-addons");

  /** All names that it ever gives to addons; also the names of the ConfigMaps that hold them. */
  public static final Set<String> NAMES =
      Stream.concat(Stream.of(NETWORK_PLUGIN), REMOVABLE.stream())
          .collect(Collectors.toUnmodifiableSet());

  private RkeAddons() {}
}
