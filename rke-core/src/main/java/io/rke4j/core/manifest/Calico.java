package io.rke4j.core.manifest;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.PluginDeployment;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.core.resource.Resource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Calico, and what plugin canal has of it. Calico 3.13 works on nodes by the kubelet's credentials;
 * later ones have their own.
 */
final class Calico {

  private static final String NODES =
      """
      - apiGroup: rbac.authorization.k8s.io
        kind: Group
        name: system:nodes
      """;

  private static final String NEWER_ENV =
      """
      - name: FELIX_IPTABLESBACKEND
        value: auto
      """;

  private static final String NEWER_MOUNTS =
      """
      - name: sysfs
        mountPath: /sys/fs/
        mountPropagation: Bidirectional
      - name: cni-log-dir
        mountPath: /var/log/calico/cni
        readOnly: true
      """;

  private static final String NEWER_VOLUMES =
      """
      - name: sysfs
        hostPath:
          path: /sys/fs/
          type: DirectoryOrCreate
      - name: cni-log-dir
        hostPath:
          path: /var/log/calico/cni
      """;

  private Calico() {}

  static String manifest(Resolved cluster) {
    return kinds()
        + "---\n"
        + node(Template.file("calico.yaml"), cluster, "calico")
            .with("nodeImage", cluster.image(SystemImage.CALICO_NODE))
            .with("flexVolumeImage", cluster.image(SystemImage.CALICO_FLEXVOL))
            .fill()
        + controllers(cluster, cluster.image(SystemImage.CALICO_CONTROLLERS));
  }

  /** Fills what Calico's node agent needs with both plugins. */
  static Template node(Template template, Resolved cluster, String plugin) {
    NetworkSpec network = cluster.spec().network();
    PluginDeployment deployment = network.deployment();
    ImageRef installer =
        cluster.image(plugin.equals("calico") ? SystemImage.CALICO_CNI : SystemImage.CANAL_CNI);
    boolean isOld = installer.tag().startsWith("v3.13.");
    return template
        .with("podCidr", network.podCidr())
        .with("nodes", isOld ? NODES : "")
        .with("mtu", deployment.mtu() == 0 ? "" : deployment.mtu())
        .with("logFile", isOld ? "" : "\"log_file_path\": \"/var/log/calico/cni/cni.log\",")
        .with(
            "kubeconfig",
            isOld ? NodeFiles.kubeConfig(Certificates.NODE) : "__KUBECONFIG_FILEPATH__")
        .with("installCommand", isOld ? "/install-cni.sh" : "/opt/cni/bin/install")
        .with("env", isOld ? "" : NEWER_ENV)
        .with("mounts", isOld ? "" : NEWER_MOUNTS)
        .with("volumes", isOld ? "" : NEWER_VOLUMES)
        .with("flexVolumeDir", YamlLines.quoted(NetworkPlugins.flexVolumeFolder(network)))
        .with("nodeSelector", YamlLines.map(deployment.pods().nodeSelector()))
        .with("update", PodLines.update(deployment.pods().update()))
        .with("priorityClass", deployment.pods().priorityClass())
        .with("cniImage", installer);
  }

  static String controllers(Resolved cluster, ImageRef image) {
    NetworkSpec network = cluster.spec().network();
    return Template.file("calico-controllers.yaml")
        .with("image", image)
        .with("tolerations", PodLines.tolerations(network.deployment().pods()))
        .with("priorityClass", network.option("calico_kube_controllers_priority_class_name", ""))
        .fill();
  }

  /** The kinds of objects that Calico keeps in Kubernetes. */
  static String kinds() {
    return Resource.lines(Calico.class, "calico-kinds")
        .map(line -> kind(List.of(line.split(" "))))
        .collect(Collectors.joining())
        .replaceFirst("---\n", "");
  }

  private static String kind(List<String> words) {
    return Template.file("calico-kind.yaml")
        .with("kind", words.get(0))
        .with("singular", words.get(0).toLowerCase(Locale.ROOT))
        .with("plural", words.get(1))
        .with("scope", words.get(2))
        .fill();
  }
}
