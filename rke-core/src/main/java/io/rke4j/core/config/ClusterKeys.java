package io.rke4j.core.config;

import static io.rke4j.core.config.Key.anything;
import static io.rke4j.core.config.Key.choice;
import static io.rke4j.core.config.Key.pairs;
import static io.rke4j.core.config.Key.section;
import static io.rke4j.core.config.Key.sections;
import static io.rke4j.core.config.Key.text;
import static io.rke4j.core.config.Key.texts;
import static io.rke4j.core.config.Key.truth;
import static io.rke4j.core.config.Key.whole;

import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.config.Shape.Choice;
import io.rke4j.core.config.Shape.ListOf;
import io.rke4j.core.config.Shape.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every key that RKE 1.1 to 1.8 knows, and what becomes of it here. */
final class ClusterKeys {

  private static final List<String> IMAGES_OF_OTHERS =
      List.of(
          "calico_ctl",
          "windows_pod_infra_container",
          "aci_cni_deploy_container",
          "aci_host_container",
          "aci_opflex_container",
          "aci_mcast_container",
          "aci_ovs_container",
          "aci_controller_container",
          "aci_gbp_server_container",
          "aci_opflex_server_container");

  /** The whole file. */
  static final Section FILE =
      Section.of(
          List.of(
              text("cluster_name"),
              text("kubernetes_version"),
              nodes(),
              text("ssh_key_path"),
              text("ssh_cert_path"),
              truth("ssh_agent_auth"),
              truth("ignore_docker_version"),
              truth("enable_cri_dockerd"),
              text("cri_dockerd_stream_server_address"),
              text("cri_dockerd_stream_server_port"),
              text("prefix_path"),
              text("win_prefix_path").notYetUnless("", "c:/"),
              ServiceKeys.SERVICES,
              network(),
              authentication(),
              section("authorization", Key.of("mode", choice("rbac", "none")), pairs("options")),
              systemImages(),
              privateRegistries(),
              bastion(),
              CloudKeys.cloudProvider(),
              text("addons"),
              texts("addons_include"),
              whole("addon_job_timeout"),
              AddonKeys.dns(),
              AddonKeys.ingress(),
              AddonKeys.monitoring(),
              upgradeStrategy(),
              section("restore", truth("restore"), text("snapshot_name"))
                  .withoutEffect("restores nothing, as with rke up", "leave it out"),
              section("rotate_certificates", newAuthorities(), texts("services")),
              truth("rotate_encryption_key")));

  private ClusterKeys() {}

  private static Key newAuthorities() {
    return truth("cacertificates")
        .refused(
            "is not supported yet by this version of rke4j: authorities are kept",
            "leave it out; all other certificates are renewed");
  }

  /** The places where a key would be right; {@code the top level} for the file itself. */
  static List<String> places(String key) {
    List<String> found = new ArrayList<>();
    collect(key, FILE, "", found);
    return found;
  }

  private static void collect(String key, Shape shape, String path, List<String> found) {
    if (shape instanceof ListOf list) {
      collect(key, list.item(), path + "[]", found);
    }
    if (shape instanceof Section section) {
      if (section.keys().containsKey(key)) {
        found.add(path.isEmpty() ? "the top level" : path);
      }
      String prefix = path.isEmpty() ? "" : path + ".";
      section
          .keys()
          .forEach(
              (name, known) -> {
                // Settings of clouds have everyday names, such as user, port and region.
                if (!name.equals(CloudKeys.NAME)) {
                  collect(key, known.shape(), prefix + name, found);
                }
              });
    }
  }

  private static Key nodes() {
    return sections(
        "nodes",
        text("nodeName"),
        text("address"),
        text("internal_address"),
        text("port"),
        text("user"),
        Key.of("role", new ListOf(choice("controlplane", "etcd", "worker"))),
        text("hostname_override"),
        text("docker_socket"),
        text("ssh_key"),
        text("ssh_key_path"),
        text("ssh_cert"),
        text("ssh_cert_path"),
        truth("ssh_agent_auth"),
        pairs("labels"),
        sections(
            "taints",
            text("key"),
            text("value"),
            Key.of("effect", choice("NoSchedule", "PreferNoSchedule", "NoExecute")),
            text("timeAdded")));
  }

  private static Key network() {
    return section(
        "network",
        Key.of(
            "plugin",
            new Choice(List.of("canal", "calico", "flannel", "weave", "none"), List.of("aci"))),
        pluginOptions(),
        whole("mtu"),
        section("flannel_network_provider", text("iface")),
        section("canal_network_provider", text("iface"), blackholeRoute()),
        section("calico_network_provider", cloudOfCalico("cloudprovider")),
        section("weave_network_provider", text("password")),
        anything("aci_network_provider")
            .withoutEffect("has no effect without plugin aci", "leave it out"),
        pairs("node_selector"),
        AddonKeys.daemonSetStrategy(),
        AddonKeys.tolerations(),
        truth("enable_br_netfilter"));
  }

  /** flannel-io/flannel pull request 2258; RKE has the key only for subscribers. */
  private static Key blackholeRoute() {
    return text("blackhole_route")
        .withoutEffect("has no effect on Flannel before 0.27.1", "leave it out");
  }

  private static Key pluginOptions() {
    return section(
        "options",
        text("flannel_backend_type"),
        text("flannel_backend_port"),
        text("flannel_backend_vni"),
        text("flannel_iface"),
        text("kube_flannel_priority_class_name"),
        text("canal_flannel_backend_type"),
        text("canal_flannel_backend_port"),
        text("canal_flannel_backend_vni"),
        text("canal_iface"),
        text("canal_flex_volume_plugin_dir"),
        text("canal_priority_class_name"),
        cloudOfCalico("calico_cloud_provider"),
        text("calico_flex_volume_plugin_dir"),
        text("calico_node_priority_class_name"),
        text("calico_kube_controllers_priority_class_name"),
        text("weave_net_priority_class_name"),
        text("weave_password")
            .withoutEffect(
                "has no effect, as with RKE",
                "name it under network.weave_network_provider.password"));
  }

  private static Key cloudOfCalico(String name) {
    return text(name)
        .withoutEffectUnless(
            "has no effect on the Calico of these versions", "leave it out", "", "none");
  }

  private static Key authentication() {
    return section(
        "authentication",
        Key.of("strategy", choice("x509", "x509|webhook", "webhook|x509")),
        texts("sans"),
        section("webhook", text("config_file"), text("cache_timeout")));
  }

  private static Key systemImages() {
    return section(
        "system_images",
        Stream.concat(
                Arrays.stream(SystemImage.values()).map(SystemImage::key),
                IMAGES_OF_OTHERS.stream())
            .map(Key::text)
            .toArray(Key[]::new));
  }

  private static Key privateRegistries() {
    return sections(
        "private_registries",
        text("url"),
        text("user"),
        text("password"),
        truth("is_default"),
        section(
            "ecr_credential_plugin",
            text("aws_access_key_id"),
            text("aws_secret_access_key"),
            text("aws_session_token")));
  }

  private static Key bastion() {
    return section(
        "bastion_host",
        text("address"),
        text("port"),
        text("user"),
        truth("ssh_agent_auth"),
        text("ssh_key"),
        text("ssh_key_path"),
        text("ssh_cert"),
        text("ssh_cert_path"),
        // There is nothing to ignore: no proxy of the environment is ever used.
        truth("ignore_proxy_env_vars"));
  }

  private static Key upgradeStrategy() {
    return section(
        "upgrade_strategy",
        text("max_unavailable_worker"),
        text("max_unavailable_controlplane"),
        truth("drain"),
        section(
            "node_drain_input",
            truth("force"),
            truth("ignore_daemonsets"),
            truth("delete_local_data"),
            whole("grace_period"),
            whole("timeout")));
  }
}
