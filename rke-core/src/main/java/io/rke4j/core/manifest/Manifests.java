package io.rke4j.core.manifest;

import io.rke4j.api.cluster.Addon;
import io.rke4j.api.cluster.AddonsSpec;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.manifest.PlannedAddon.Kind;
import io.rke4j.spi.addon.AddonManifest;
import java.util.ArrayList;
import java.util.List;

/** The addons of a cluster, by RKE's names. */
public final class Manifests {

  private Manifests() {}

  /** All addons that the cluster is to have, in the order of deployment. */
  public static List<PlannedAddon> of(Resolved cluster) {
    AddonsSpec wanted = cluster.spec().addons();
    List<PlannedAddon> addons = new ArrayList<>();
    NetworkPlugins.manifest(cluster)
        .ifPresent(yaml -> addons.add(planned("rke-network-plugin", yaml, Kind.NETWORK)));
    if (wanted.dns().enabled()) {
      addons.add(planned("rke-coredns-addon", CoreDns.manifest(cluster), Kind.ADDON));
    }
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
    return List.copyOf(addons);
  }

  private static PlannedAddon planned(String name, String yaml, Kind kind) {
    return new PlannedAddon(new AddonManifest(name, yaml), true, kind);
  }
}
