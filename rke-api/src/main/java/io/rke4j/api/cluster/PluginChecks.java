package io.rke4j.api.cluster;

/** Refuses what a network plugin would pass over in silence. */
final class PluginChecks {

  private static final int SMALLEST_MTU = 68;
  private static final int LARGEST_MTU = 65_535;

  private PluginChecks() {}

  static void check(NetworkPlugin plugin, PluginDeployment deployment, Problems problems) {
    if (plugin == NetworkPlugin.FLANNEL && !deployment.pods().tolerations().isEmpty()) {
      problems.add(
          "network.tolerations",
          "mean nothing to flannel, which tolerates every taint",
          "leave it out");
    }
    if (plugin == NetworkPlugin.WEAVE && !deployment.pods().tolerations().isEmpty()) {
      problems.add(
          "network.tolerations",
          "mean nothing to weave, which tolerates every taint",
          "leave it out");
    }
    boolean secret = !deployment.password().reveal().isEmpty();
    if (secret && plugin != NetworkPlugin.WEAVE) {
      problems.add(
          "network.weave_network_provider.password",
          "means nothing without plugin weave, and packets would not be encrypted",
          "leave it out, or use weave");
    }
    int mtu = deployment.mtu();
    if (mtu != 0 && (plugin == NetworkPlugin.FLANNEL || plugin == NetworkPlugin.NONE)) {
      problems.add(
          "network.mtu",
          plugin == NetworkPlugin.FLANNEL
              ? "is not an option of flannel, which finds it out itself"
              : "means nothing without a plugin",
          "leave it out");
    } else if (mtu != 0 && (mtu < SMALLEST_MTU || mtu > LARGEST_MTU)) {
      problems.add(
          "network.mtu",
          "must be from " + SMALLEST_MTU + " to " + LARGEST_MTU + ", but is " + mtu,
          "");
    }
  }
}
