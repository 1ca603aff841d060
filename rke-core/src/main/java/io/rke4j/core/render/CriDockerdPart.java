package io.rke4j.core.render;

import io.rke4j.api.cluster.CriDockerd;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.cluster.Traits;
import io.rke4j.core.cluster.Traits.CriDockerdUse.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What cri-dockerd needs of the kubelet's container. It has none of its own: the entry point that
 * all components share starts it beside the kubelet if a variable says so, with the endpoint and
 * the pause image that it finds among the kubelet's arguments, and ends when one of the two ends.
 *
 * @param flags flags of the kubelet
 * @param env variables that the entry point reads
 * @param mounts folders that it keeps things in
 */
record CriDockerdPart(Map<String, String> flags, List<String> env, List<String> mounts) {

  static final String SWITCH = "RKE_KUBELET_CRIDOCKERD";
  static final String ADDRESS = "CRIDOCKERD_STREAM_SERVER_ADDRESS";
  static final String PORT = "CRIDOCKERD_STREAM_SERVER_PORT";

  /** Makes it tell the kubelet a pod's addresses of both families, and not only one. */
  static final String DUAL_STACK = "RKE_KUBELET_CRIDOCKERD_DUALSTACK";

  private static final CriDockerdPart NONE = new CriDockerdPart(Map.of(), List.of(), List.of());

  static CriDockerdPart of(Resolved cluster) {
    Traits.CriDockerdUse version = cluster.release().traits().criDockerd();
    CriDockerd wanted = cluster.spec().runtime().criDockerd();
    boolean used =
        version.use() == When.ALWAYS
            || (version.use() == When.IF_WANTED && wanted.use() == CriDockerd.Use.YES);
    return used
        ? new CriDockerdPart(version.flags(), env(wanted, cluster), version.mounts())
        : NONE;
  }

  private static List<String> env(CriDockerd wanted, Resolved cluster) {
    List<String> env = new ArrayList<>(List.of(SWITCH + "=true"));
    if (!wanted.streamAddress().isEmpty()) {
      env.add(ADDRESS + "=" + wanted.streamAddress());
    }
    if (wanted.streamPort() != 0) {
      env.add(PORT + "=" + wanted.streamPort());
    }
    if (cluster.spec().network().podRanges().isDual()) {
      env.add(DUAL_STACK + "=true");
    }
    return env;
  }
}
