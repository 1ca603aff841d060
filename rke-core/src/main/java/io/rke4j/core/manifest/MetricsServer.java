package io.rke4j.core.manifest;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.MetricsSpec;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ImageVersion;
import io.rke4j.core.cluster.Resolved;
import java.util.Map;
import java.util.TreeMap;

/** Collects what pods and nodes use. */
final class MetricsServer {

  /** Since 0.6 it reads what Prometheus does, and no more the kubelet's summary. */
  private static final String NODE_METRICS =
      """
      - apiGroups: [""]
        resources: [nodes/metrics]
        verbs: [get]
      """;

  private MetricsServer() {}

  static String manifest(Resolved cluster) {
    MetricsSpec metrics = cluster.spec().addons().metrics();
    ImageRef image = cluster.image(SystemImage.METRICS_SERVER);
    boolean isOld = !ImageVersion.isAtLeast(image, "v0.4.0");
    String port = ImageVersion.isAtLeast(image, "v0.7.0") ? "10250" : "4443";
    return PodLines.fill(Template.file("metrics-server.yaml"), metrics.pods())
        .with("osLabel", cluster.release().traits().addons().osLabel())
        .with("nodeMetrics", ImageVersion.isAtLeast(image, "v0.6.0") ? NODE_METRICS : "")
        .with("port", port)
        .with("replicas", metrics.replicas())
        .with("priorityClass", metrics.pods().priorityClass())
        .with("image", image)
        .with("flags", YamlLines.flags(flags(isOld, port, metrics.options())))
        .with("livePath", isOld ? "/healthz" : "/livez")
        .with("readyPath", isOld ? "/healthz" : "/readyz")
        .fill();
  }

  private static Map<String, String> flags(
      boolean isOld, String port, Map<String, String> options) {
    Map<String, String> flags = new TreeMap<>();
    flags.put("cert-dir", "/tmp");
    flags.put("secure-port", port);
    // The kubelets' certificates are signed by themselves.
    flags.put("kubelet-insecure-tls", "");
    flags.put("kubelet-preferred-address-types", "InternalIP");
    if (isOld) {
      flags.put("logtostderr", "");
    } else {
      flags.put("kubelet-use-node-status-port", "");
      flags.put("metric-resolution", "15s");
    }
    flags.putAll(options);
    return flags;
  }
}
