package io.rke4j.core.manifest;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.IngressPorts;
import io.rke4j.api.cluster.IngressPorts.Mode;
import io.rke4j.api.cluster.IngressSpec;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ImageVersion;
import io.rke4j.core.cluster.Release;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.cluster.Traits;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The nginx ingress controller, in two generations: before 1.0 it reads Ingresses of the former API
 * groups, since 1.0 those of networking.k8s.io/v1 with their classes.
 */
final class NginxIngress {

  private static final String CLASS = "watch-ingress-without-class";

  private static final String WEBHOOK_PORT =
      """
      - name: webhook
        containerPort: 8443
        protocol: TCP
      """;

  private static final String WEBHOOK_MOUNT =
      """
      - name: webhook-certificate
        mountPath: /usr/local/certificates/
        readOnly: true
      """;

  private static final String WEBHOOK_VOLUME =
      """
      - name: webhook-certificate
        secret:
          secretName: ingress-nginx-admission
      """;

  /** Since 1.4, the controllers agree in a lease, and read where services are from slices. */
  private static final String LEASES =
      """
      - apiGroups: [coordination.k8s.io]
        resources: [leases]
        verbs: [create]
      - apiGroups: [coordination.k8s.io]
        resources: [leases]
        resourceNames: ["%s"]
        verbs: [get, update]
      """;

  private static final String CLUSTER_LEASES =
      """
      - apiGroups: [coordination.k8s.io]
        resources: [leases]
        verbs: [list, watch]
      """;

  private static final String SLICES =
      """
      - apiGroups: [discovery.k8s.io]
        resources: [endpointslices]
        verbs: [get, list, watch]
      """;

  private static final String BACKEND_FLAG =
      "- --default-backend-service=$(POD_NAMESPACE)/default-http-backend";

  private final Resolved cluster;
  private final IngressSpec ingress;
  private final IngressPorts ports;
  private final boolean hasBackend;

  private NginxIngress(Resolved cluster) {
    this.cluster = cluster;
    this.ingress = cluster.spec().addons().ingress();
    Traits.Ingress usual = cluster.release().traits().addons().ingress();
    this.ports = usual.ports(ingress);
    this.hasBackend = usual.hasBackend(ingress);
  }

  static String manifest(Resolved cluster) {
    NginxIngress nginx = new NginxIngress(cluster);
    return knowsDefaultClass(cluster.release()) ? nginx.current() : nginx.former();
  }

  /** Controllers before 1.0 take Ingresses without a class in any case. */
  static boolean knowsDefaultClass(Release release) {
    return ImageVersion.isAtLeast(release.image(SystemImage.INGRESS), "1.0.0");
  }

  private String former() {
    return filled(Template.file("ingress-0.yaml"))
        .with("extraArgs", YamlLines.flags(ingress.controller().extraArgs()))
        .with("volumeMounts", block("volumeMounts", "", mounts()))
        .with("volumes", block("volumes", "", volumes()))
        .fill();
  }

  private String current() {
    Map<String, String> extraArgs = new TreeMap<>(ingress.controller().extraArgs());
    // The class that RKE makes the default one unless told otherwise; no flag of the controller.
    boolean isDefault =
        !"false".equals(extraArgs.remove("default-ingress-class")) && ingress.defaultClass();
    extraArgs.putIfAbsent(CLASS, "true");
    ImageRef webhook = cluster.release().images().get(SystemImage.INGRESS_WEBHOOK);
    if (webhook != null) {
      extraArgs.put("validating-webhook", ":8443");
      extraArgs.put("validating-webhook-certificate", "/usr/local/certificates/cert");
      extraArgs.put("validating-webhook-key", "/usr/local/certificates/key");
    }
    String election = "ingress-controller-leader" + (isDefault ? "-nginx" : "");
    boolean isNewer = ImageVersion.isAtLeast(cluster.image(SystemImage.INGRESS), "1.4.0");
    return filled(Template.file("ingress-1.yaml"))
            .with("election", election)
            .with("slices", isNewer ? SLICES : "")
            .with("clusterLeases", isNewer ? CLUSTER_LEASES : "")
            .with("leases", isNewer ? LEASES.formatted(election) : "")
            .with("isDefault", YamlLines.quoted(Boolean.toString(isDefault)))
            .with("extraArgs", YamlLines.flags(extraArgs))
            .with("webhookPort", webhook == null ? "" : WEBHOOK_PORT)
            .with(
                "volumeMounts",
                block("volumeMounts", webhook == null ? "" : WEBHOOK_MOUNT, mounts()))
            .with("volumes", block("volumes", webhook == null ? "" : WEBHOOK_VOLUME, volumes()))
            .fill()
        + webhook(webhook);
  }

  private String webhook(@Nullable ImageRef image) {
    return image == null
        ? ""
        : Template.file("ingress-webhook.yaml")
            .with("osLabel", cluster.release().traits().addons().osLabel())
            .with("image", image)
            .fill();
  }

  private Template filled(Template template) {
    boolean isOnHostNetwork = ports.mode() == Mode.HOST_NETWORK;
    return template
        .with("osLabel", cluster.release().traits().addons().osLabel())
        .with("options", YamlLines.map(ingress.options()))
        .with("nodeSelector", YamlLines.map(ingress.pods().nodeSelector()))
        .with("update", PodLines.update(ingress.pods().update()))
        .with("priorityClass", PodLines.priorityClass(ingress.pods().priorityClass()))
        .with("network", isOnHostNetwork ? "hostNetwork: true" : "")
        .with("dnsPolicy", YamlLines.field("dnsPolicy", ingress.controller().dnsPolicy()))
        .with("backend", hasBackend ? defaultBackend() : "")
        .with("backendFlag", hasBackend ? BACKEND_FLAG : "")
        .with("env", YamlLines.objects(ingress.controller().env()))
        .with("httpPort", containerPort("http-port", "80"))
        .with("httpsPort", containerPort("https-port", "443"))
        .with("httpHostPort", hostPort(ports.http()))
        .with("httpsHostPort", hostPort(ports.https()))
        .with("image", cluster.image(SystemImage.INGRESS));
  }

  /** Where the controller listens; on the host's network, RKE says 80 and 443 in any case. */
  private String containerPort(String flag, String usual) {
    return Optional.ofNullable(ingress.controller().extraArgs().get(flag))
        .filter(port -> ports.mode() != Mode.HOST_NETWORK && port.matches("\\d{1,5}"))
        .orElse(usual);
  }

  private String hostPort(int port) {
    return ports.mode() == Mode.HOST_PORT ? "hostPort: " + port : "";
  }

  private String mounts() {
    return YamlLines.objects(ingress.controller().volumeMounts());
  }

  private String volumes() {
    return YamlLines.objects(ingress.controller().volumes());
  }

  /** A list with what is ours and what is the user's; nothing if both are empty. */
  private static String block(String name, String ours, String users) {
    return YamlLines.block(name, ours + users);
  }

  /**
   * Goes before all else: under its limit of 10 millicores its pod needs five seconds to start, and
   * while a container starts, a kubelet with dockershim does not see that the deploy Job is done.
   */
  private String defaultBackend() {
    return Template.file("ingress-backend.yaml")
        .with("osLabel", cluster.release().traits().addons().osLabel())
        .with("image", cluster.image(SystemImage.INGRESS_BACKEND))
        .with("tolerations", YamlLines.block("tolerations", PodLines.tolerations(ingress.pods())))
        .with("priorityClass", PodLines.priorityClass(ingress.backend().priorityClass()))
        .fill();
  }
}
