package io.rke4j.core.manifest;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.IngressSpec;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Resolved;
import java.util.Map;
import java.util.TreeMap;

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
      volumeMounts:
        - name: webhook-certificate
          mountPath: /usr/local/certificates/
          readOnly: true
      """;

  private static final String WEBHOOK_VOLUME =
      """
      volumes:
        - name: webhook-certificate
          secret:
            secretName: ingress-nginx-admission
      """;

  private NginxIngress() {}

  static String manifest(Resolved cluster) {
    boolean isOld = cluster.image(SystemImage.INGRESS).tag().startsWith("nginx-0.");
    return (isOld ? former(cluster) : current(cluster)) + defaultBackend(cluster);
  }

  private static String former(Resolved cluster) {
    IngressSpec ingress = cluster.spec().addons().ingress();
    return filled(Template.file("ingress-0.yaml"), cluster)
        .with("extraArgs", YamlLines.flags(ingress.extraArgs()))
        .fill();
  }

  private static String current(Resolved cluster) {
    Map<String, String> extraArgs = new TreeMap<>(cluster.spec().addons().ingress().extraArgs());
    // The class that RKE makes the default one unless told otherwise; no flag of the controller.
    boolean isDefault = !"false".equals(extraArgs.remove("default-ingress-class"));
    extraArgs.putIfAbsent(CLASS, "true");
    ImageRef webhook = cluster.release().images().get(SystemImage.INGRESS_WEBHOOK);
    if (webhook != null) {
      extraArgs.put("validating-webhook", ":8443");
      extraArgs.put("validating-webhook-certificate", "/usr/local/certificates/cert");
      extraArgs.put("validating-webhook-key", "/usr/local/certificates/key");
    }
    return filled(Template.file("ingress-1.yaml"), cluster)
            .with("election", "ingress-controller-leader" + (isDefault ? "-nginx" : ""))
            .with("isDefault", YamlLines.quoted(Boolean.toString(isDefault)))
            .with("extraArgs", YamlLines.flags(extraArgs))
            .with("webhookPort", webhook == null ? "" : WEBHOOK_PORT)
            .with("webhookMount", webhook == null ? "" : WEBHOOK_MOUNT)
            .with("webhookVolume", webhook == null ? "" : WEBHOOK_VOLUME)
            .fill()
        + (webhook == null
            ? ""
            : Template.file("ingress-webhook.yaml").with("image", webhook).fill());
  }

  private static Template filled(Template template, Resolved cluster) {
    IngressSpec ingress = cluster.spec().addons().ingress();
    return template
        .with("options", YamlLines.map(ingress.options()))
        .with("nodeSelector", YamlLines.map(ingress.nodeSelector()))
        .with("image", cluster.image(SystemImage.INGRESS));
  }

  private static String defaultBackend(Resolved cluster) {
    return Template.file("ingress-backend.yaml")
        .with("image", cluster.image(SystemImage.INGRESS_BACKEND))
        .fill();
  }
}
