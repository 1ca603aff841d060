package io.rke4j.core.manifest;

import io.rke4j.api.cluster.Addon;
import io.rke4j.api.cluster.AddonsSpec;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.IngressSpec;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ImageVersion;
import io.rke4j.core.cluster.Release;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.manifest.PlannedAddon.Kind;
import io.rke4j.spi.addon.AddonManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The addons of a cluster, by RKE's names. */
public final class Manifests {

  private static final String LOADS_BRIDGE_FILTER = "v0.1.111";

  private static final String COREDNS = "rke-coredns-addon";
  private static final String KUBE_DNS = "rke-kube-dns-addon";

  private Manifests() {}

  /** The addons that must not be there together, since they have the same Service. */
  public static Set<String> dnsServers() {
    return Set.of(COREDNS, KUBE_DNS);
  }

  /** What a cluster wants that its images cannot do. */
  public static List<SpecProblem> problems(ClusterSpec spec, Release release) {
    List<SpecProblem> problems = new ArrayList<>(ingress(spec, release));
    SystemImage tools = SystemImage.KUBERNETES_SERVICES_SIDECAR;
    if (spec.network().deployment().bridgeFilter()
        && release.has(tools)
        && !ImageVersion.isAtLeast(release.image(tools), LOADS_BRIDGE_FILTER)) {
      problems.add(
          new SpecProblem(
              "network.enable_br_netfilter",
              "means nothing to " + release.image(tools) + ", which loads no module",
              "leave it out, and load br_netfilter on every host"));
    }
    return problems;
  }

  private static List<SpecProblem> ingress(ClusterSpec spec, Release release) {
    IngressSpec ingress = spec.addons().ingress();
    if (!ingress.enabled()) {
      return List.of();
    }
    List<SpecProblem> problems = new ArrayList<>();
    boolean isIgnored =
        !ingress.defaultClass()
            && release.has(SystemImage.INGRESS)
            && !NginxIngress.knowsDefaultClass(release);
    if (isIgnored) {
      problems.add(
          new SpecProblem(
              "ingress.default_ingress_class",
              "means nothing to the ingress controller "
                  + release.image(SystemImage.INGRESS)
                  + ", which takes Ingresses without a class in any case",
              "leave it out, or take a version of Kubernetes with a controller from 1.0 on"));
    }
    try {
      release.traits().addons().ingress().ports(ingress);
    } catch (IllegalArgumentException e) {
      problems.add(new SpecProblem("ingress", String.valueOf(e.getMessage()), ""));
    }
    return problems;
  }

  /** All addons that the cluster is to have, in the order of deployment. */
  public static List<PlannedAddon> of(Resolved cluster) {
    AddonsSpec wanted = cluster.spec().addons();
    List<PlannedAddon> addons = new ArrayList<>();
    NetworkPlugins.manifest(cluster)
        .ifPresent(yaml -> addons.add(planned("rke-network-plugin", yaml, Kind.NETWORK)));
    dns(cluster).ifPresent(addons::add);
    NodeLocal.manifest(cluster)
        .ifPresent(yaml -> addons.add(planned("rke-nodelocal-addon", yaml, Kind.ADDON)));
    if (wanted.metrics().enabled()) {
      addons.add(planned("rke-metrics-addon", MetricsServer.manifest(cluster), Kind.ADDON));
    }
    if (wanted.ingress().enabled()) {
      addons.add(planned("rke-ingress-controller", NginxIngress.manifest(cluster), Kind.ADDON));
    }
    for (Addon addon : wanted.user()) {
      AddonManifest manifest = new AddonManifest(addon.name(), addon.manifest());
      addons.add(new PlannedAddon(manifest, addon.critical(), Kind.USER));
    }
    addons.addAll(Agents.of(cluster));
    return List.copyOf(addons);
  }

  private static Optional<PlannedAddon> dns(Resolved cluster) {
    return switch (cluster.spec().addons().dns().provider()) {
      case COREDNS -> Optional.of(planned(COREDNS, CoreDns.manifest(cluster), Kind.ADDON));
      case KUBE_DNS -> Optional.of(planned(KUBE_DNS, KubeDns.manifest(cluster), Kind.ADDON));
      case NONE -> Optional.empty();
    };
  }

  private static PlannedAddon planned(String name, String yaml, Kind kind) {
    return new PlannedAddon(new AddonManifest(name, yaml), true, kind);
  }
}
