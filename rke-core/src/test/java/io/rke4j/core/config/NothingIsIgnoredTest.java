package io.rke4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.EcrLogin;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.ServiceOptions;
import io.rke4j.api.cluster.SnapshotBucket;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.cluster.TokenWebhook;
import io.rke4j.core.config.Shape.ListOf;
import io.rke4j.core.config.Shape.MapOf;
import io.rke4j.core.config.Shape.Section;
import io.rke4j.core.document.CloudFile;
import io.rke4j.core.pki.ExternalEtcd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The table of keys promises that a key is taken; taking it away must then make a difference. */
class NothingIsIgnoredTest {

  /** Keys whose value in the full example is what leaving them out means, or that only inform. */
  private static final Set<String> SAME_WITHOUT =
      Set.of(
          "nodes[].nodeName",
          "bastion_host.ignore_proxy_env_vars",
          "ssh_agent_auth",
          "nodes[].ssh_agent_auth",
          "bastion_host.ssh_agent_auth",
          // The example has the key and the certificate themselves, too, which win.
          "bastion_host.ssh_key_path",
          "bastion_host.ssh_cert_path",
          "services.etcd.snapshot",
          "services.etcd.backup_config.safe_timestamp",
          "services.etcd.backup_config.timeout",
          "nodes[].taints[].timeAdded",
          "authorization.options",
          // Each is noted on its own, and both say the same.
          "restore.restore",
          "restore.snapshot_name",
          // These two need roles, which the example does without.
          "services.kube-api.pod_security_policy",
          "services.kube-api.pod_security_configuration",
          "services.kube-api.event_rate_limit.configuration.apiVersion",
          "services.kube-api.event_rate_limit.configuration.kind",
          "services.kube-controller.service_cluster_ip_range",
          // The example says these twice; tests of their own cover them.
          "network.flannel_network_provider",
          "network.flannel_network_provider.iface",
          "network.canal_network_provider",
          "network.canal_network_provider.iface",
          "network.calico_network_provider",
          "network.tolerations[].operator",
          "services.kubelet.infra_container_image",
          "system_images.pod_infra_container",
          "authentication.strategy",
          "network.update_strategy.strategy",
          "dns.provider",
          "dns.update_strategy.strategy",
          "dns.nodelocal.update_strategy.strategy",
          "dns.tolerations[].operator",
          "ingress.update_strategy.strategy",
          "ingress.tolerations[].operator",
          "monitoring.update_strategy.strategy",
          "monitoring.tolerations[].operator",
          "ingress.provider",
          "monitoring.provider",
          // The block beside it says the same.
          "cloud_provider.name");

  private static final List<String> EXAMPLES =
      List.of(
          "three-nodes",
          "cloud-vsphere",
          "cloud-openstack",
          "cloud-azure",
          "cloud-aws",
          "cloud-harvester",
          "cloud-custom",
          "etcd-external",
          "etcd-user",
          "kube-dns",
          "operations",
          "without-effect",
          "renewal");

  @TempDir private Path folder;

  @BeforeEach
  void copyManifests() throws IOException {
    Files.createDirectory(folder.resolve("manifests"));
    Files.copy(
        ClusterYamlTest.FILES.resolve("manifests/quota.yml"),
        folder.resolve("manifests/quota.yml"));
  }

  static List<String> takenKeys() {
    List<String> found = new ArrayList<>();
    collect(ClusterKeys.FILE, "", found);
    return found;
  }

  private static void collect(Section section, String prefix, List<String> found) {
    for (Key key : section.keys().values()) {
      if (key.refusal() != null || isOfOthers(prefix + key.name())) {
        continue;
      }
      found.add(prefix + key.name());
      if (key.shape() instanceof Section inner) {
        collect(inner, prefix + key.name() + ".", found);
      } else if (key.shape() instanceof ListOf list && list.item() instanceof Section inner) {
        collect(inner, prefix + key.name() + "[].", found);
      } else if (key.shape() instanceof MapOf map) {
        collect(map.item(), prefix + key.name() + ".*.", found);
      }
    }
  }

  /** Images that nothing here has a use for, and settings of Windows hosts. */
  private static boolean isOfOthers(String path) {
    boolean isImage =
        path.startsWith("system_images.")
            && Stream.of(SystemImage.values())
                .noneMatch(image -> path.equals("system_images." + image.key()));
    return isImage || path.contains(".win_");
  }

  @ParameterizedTest
  @MethodSource("takenKeys")
  void withoutAKeyTheSpecificationIsAnother(String key) throws IOException {
    String full = exampleWith(key);
    Object document = parsed(full);
    assertThat(remove(document, key)).as("%s is in an example", key).isTrue();

    String with = outcome(full);
    String without = outcome(new Yaml().dump(document));

    assertThat(without.equals(with)).isEqualTo(SAME_WITHOUT.contains(key));
  }

  /** The fullest example, or one of those that say what excludes something in it. */
  private static String exampleWith(String key) throws IOException {
    for (String example : EXAMPLES) {
      String text = Files.readString(ClusterYamlTest.FILES.resolve(example + ".yml"));
      if (remove(parsed(text), key)) {
        return text;
      }
    }
    return "";
  }

  private static Object parsed(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  private String outcome(String text) throws IOException {
    Path file = folder.resolve("cluster.yml");
    Files.writeString(file, text);
    try {
      // A file without a key is written anew, and so has other lines.
      return described(new ClusterYaml().read(file)).replaceAll(" line \\d+", "");
    } catch (InvalidSpecException e) {
      return e.problems().toString();
    }
  }

  /** Secrets, the environment and passwords are hidden when printed, so they are added. */
  private static String described(ClusterSpec spec) {
    String webhook =
        spec.access().tokenWebhook() instanceof TokenWebhook.On on ? on.kubeconfig().reveal() : "";
    return Stream.of(
            spec.services().etcd().options(),
            spec.services().kubeApi().options(),
            spec.services().controllerManager(),
            spec.services().scheduler(),
            spec.services().kubelet().options(),
            spec.services().kubeProxy())
        .map(ServiceOptions::env)
        .map(List::toString)
        .collect(
            Collectors.joining(
                "\n",
                spec + webhook + "\n",
                spec.network().deployment().password().reveal()
                    + passwords(spec)
                    + etcdKey(spec)
                    + bucketKeys(spec)
                    + CloudFile.of(spec.cloud()).reveal()));
  }

  private static String etcdKey(ClusterSpec spec) {
    return ExternalEtcd.of(spec).map(etcd -> etcd.key().reveal()).orElse("");
  }

  private static String bucketKeys(ClusterSpec spec) {
    return spec.services()
        .etcd()
        .bucket()
        .flatMap(SnapshotBucket::keys)
        .map(keys -> keys.accessKey().reveal() + keys.secretKey().reveal())
        .orElse("");
  }

  private static String keys(EcrLogin login) {
    return Stream.of(login.accessKeyId(), login.secretAccessKey(), login.sessionToken())
        .map(Secret::reveal)
        .toList()
        .toString();
  }

  private static String passwords(ClusterSpec spec) {
    return spec.runtime().registries().stream()
        .map(
            registry ->
                registry.password().reveal() + registry.ecr().map(NothingIsIgnoredTest::keys))
        .toList()
        .toString();
  }

  private static boolean remove(Object node, String path) {
    int dot = path.indexOf('.');
    String head = (dot < 0 ? path : path.substring(0, dot)).replace("[]", "");
    if (!(node instanceof Map<?, ?> map) || !map.containsKey(head)) {
      return false;
    }
    if (dot < 0) {
      map.remove(head);
      return true;
    }
    String rest = path.substring(dot + 1);
    boolean removed = false;
    Object value = map.get(head);
    if (rest.startsWith("*.") && value instanceof Map<?, ?> named) {
      return named.values().stream()
          .map(item -> remove(item, rest.substring(2)))
          .toList()
          .contains(true);
    }
    for (Object item : value instanceof List<?> list ? list : List.of(value)) {
      removed |= remove(item, rest);
    }
    return removed;
  }
}
