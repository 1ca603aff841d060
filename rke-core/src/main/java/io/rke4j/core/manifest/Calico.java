package io.rke4j.core.manifest;

import io.rke4j.api.cluster.Cidr;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NetworkPlugin;
import io.rke4j.api.cluster.NetworkSpec;
import io.rke4j.api.cluster.PluginDeployment;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.core.resource.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calico, and what plugin canal has of it. Calico 3.13 works on nodes by the kubelet's credentials;
 * later ones have their own.
 */
final class Calico {

  private Calico() {}

  static String manifest(Resolved cluster) {
    return kinds(cluster, cluster.image(SystemImage.CALICO_NODE))
        + "---\n"
        + families(node(Template.file("calico.yaml"), cluster, Images.CALICO), cluster).fill()
        + (cluster.release().has(SystemImage.CALICO_CONTROLLERS)
            ? controllers(cluster, cluster.image(SystemImage.CALICO_CONTROLLERS))
            : "");
  }

  /** The images of a plugin, and its account. */
  record Images(SystemImage node, SystemImage installer, SystemImage driver, String account) {
    static final Images CALICO =
        new Images(
            SystemImage.CALICO_NODE,
            SystemImage.CALICO_CNI,
            SystemImage.CALICO_FLEXVOL,
            "calico-node");
    static final Images CANAL =
        new Images(
            SystemImage.CANAL_NODE, SystemImage.CANAL_CNI, SystemImage.CANAL_FLEXVOL, "canal");
  }

  /** Whether the plugin's version has a volume driver. */
  static boolean hasDriver(Resolved cluster, Images images) {
    return cluster.release().has(images.driver())
        && !CalicoGeneration.of(cluster.image(images.node())).tokens();
  }

  /** Fills what Calico's node agent needs with both plugins. */
  static Template node(Template template, Resolved cluster, Images images) {
    NetworkSpec network = cluster.spec().network();
    PluginDeployment deployment = network.deployment();
    CalicoGeneration generation = CalicoGeneration.of(cluster.image(images.node()));
    return generations(template, cluster, images, generation)
        .with("podCidr", network.podCidr())
        .with("mtu", deployment.mtu() == 0 ? "" : deployment.mtu())
        .with("nodeSelector", YamlLines.map(deployment.pods().nodeSelector()))
        .with("update", PodLines.update(deployment.pods().update()))
        .with("priorityClass", deployment.pods().priorityClass())
        .with("nodeImage", cluster.image(images.node()))
        .with("cniImage", cluster.image(images.installer()));
  }

  /** Fills what differs where pods have an IPv6 address, too. */
  private static Template families(Template template, Resolved cluster) {
    Optional<Cidr> pods = cluster.spec().network().podRanges().ipv6();
    return template
        .with("families", pods.isPresent() ? CalicoPieces.BOTH_FAMILIES : "")
        .with("ipv6", pods.isPresent())
        .with("ipv6Env", pods.map(CalicoPieces.IPV6_ENV::formatted).orElse(""));
  }

  /** Fills what differs from version to version. */
  private static Template generations(
      Template template, Resolved cluster, Images images, CalicoGeneration generation) {
    boolean own = generation.ownCredentials();
    boolean tokens = generation.tokens();
    String accounts =
        images.account() + (generation.ownPluginAccount() ? ", calico-cni-plugin" : "");
    return template
        .with("nodes", own ? "" : CalicoPieces.NODES)
        .with("tokenRules", tokens ? CalicoPieces.TOKEN_RULES.formatted(accounts) : "")
        .with("logFile", own ? "\"log_file_path\": \"/var/log/calico/cni/cni.log\"," : "")
        .with(
            "kubeconfig", own ? "__KUBECONFIG_FILEPATH__" : NodeFiles.kubeConfig(Certificates.NODE))
        .with("installCommand", own ? "/opt/cni/bin/install" : "/install-cni.sh")
        .with("installEnv", generation.ownPluginAccount() ? CalicoPieces.ACCOUNT_ENV : "")
        .with("env", env(generation))
        .with("mounts", mounts(generation))
        .with("volumes", volumes(cluster, images, generation))
        .with("preparing", preparing(cluster, images, generation))
        .with("shutdown", tokens ? CalicoPieces.SHUTDOWN : "")
        .with("probeTimeout", tokens ? "timeoutSeconds: 10" : "");
  }

  private static String env(CalicoGeneration generation) {
    return (generation.ownCredentials() ? CalicoPieces.LOG_ENV : "")
        + (generation.ownPluginAccount() ? CalicoPieces.ACCOUNT_ENV : "");
  }

  private static String mounts(CalicoGeneration generation) {
    if (generation.tokens()) {
      return CalicoPieces.TOKEN_MOUNTS;
    }
    return generation.ownCredentials() ? CalicoPieces.MOUNTS : "";
  }

  private static String volumes(Resolved cluster, Images images, CalicoGeneration generation) {
    String folder = YamlLines.quoted(NetworkPlugins.flexVolumeFolder(cluster.spec().network()));
    return (hasDriver(cluster, images) ? CalicoPieces.DRIVER_VOLUME.formatted(folder) : "")
        + (generation.ownCredentials() ? CalicoPieces.VOLUMES : "")
        + (generation.mountsBpf() ? CalicoPieces.BPF_VOLUMES : "");
  }

  private static String preparing(Resolved cluster, Images images, CalicoGeneration generation) {
    String driver =
        hasDriver(cluster, images)
            ? CalicoPieces.DRIVER_CONTAINER.formatted(cluster.image(images.driver()))
            : "";
    return generation.mountsBpf()
        ? driver + CalicoPieces.BPF_CONTAINER.formatted(cluster.image(images.node()))
        : driver;
  }

  static String controllers(Resolved cluster, ImageRef image) {
    NetworkSpec network = cluster.spec().network();
    boolean tokens = CalicoGeneration.of(image).tokens();
    return Template.file("calico-controllers.yaml")
            .with("image", image)
            .with("rules", tokens ? CalicoPieces.CONTROLLER_RULES : "")
            .with("liveness", tokens ? CalicoPieces.CONTROLLER_LIVENESS : "")
            .with("tolerations", PodLines.tolerations(network.deployment().pods()))
            .with(
                "priorityClass", network.option("calico_kube_controllers_priority_class_name", ""))
            .fill()
        + (tokens ? Template.file("calico-disruption.yaml").fill() : "")
        + (CalicoGeneration.of(image).ownPluginAccount() ? plugin(network) : "");
  }

  private static String plugin(NetworkSpec network) {
    boolean givesAddresses = network.plugin() == NetworkPlugin.CALICO;
    return Template.file("calico-plugin.yaml")
        .with("addresses", givesAddresses ? CalicoPieces.ADDRESS_RULES : "")
        .fill();
  }

  /** The kinds of objects that Calico keeps in Kubernetes. */
  static String kinds(Resolved cluster, ImageRef image) {
    Stream<String> lines = Resource.lines(Calico.class, "calico-kinds");
    if (CalicoGeneration.of(image).tokens()) {
      lines = Stream.concat(lines, Resource.lines(Calico.class, "calico-kinds-3.24"));
    }
    String api = cluster.release().traits().addons().customResources();
    return lines
        .map(line -> kind(api, List.of(line.split(" ", -1))))
        .collect(Collectors.joining())
        .replaceFirst("---\n", "");
  }

  private static String kind(String api, List<String> words) {
    return Template.file(api.equals("v1") ? "calico-kind.yaml" : "calico-kind-beta.yaml")
        .with("kind", words.get(0))
        .with("singular", words.get(0).toLowerCase(Locale.ROOT))
        .with("plural", words.get(1))
        .with("scope", words.get(2))
        .fill();
  }
}
