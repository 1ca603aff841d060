package io.rke4j.core.builtin.job;

import static io.rke4j.api.cluster.Role.CONTROL_PLANE;
import static io.rke4j.api.cluster.Role.ETCD;
import static io.rke4j.api.cluster.Role.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.cluster.AuthorizationMode;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.cluster.Taint;
import io.rke4j.api.cluster.Taint.Effect;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.kube.KubeApi;
import io.rke4j.core.kube.NodeMarks;
import io.rke4j.core.kube.NodeSync;
import io.rke4j.core.kube.WantedObjects;
import io.rke4j.core.manifest.Manifests;
import io.rke4j.core.manifest.PlannedAddon;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.addon.AddonDeployer;
import io.rke4j.spi.addon.AddonFailedException;
import io.rke4j.spi.addon.AddonManifest;
import io.rke4j.spi.addon.AddonState;
import io.rke4j.spi.addon.KubeEndpoint;
import io.rke4j.testkit.PatientContext;
import io.rke4j.testkit.contract.AddonDeployerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Against a cluster of one node that has a control plane, a kubelet and no more. {@code
 * RKE4J_LAB_KUBECONFIG} names the administrator's kubeconfig, {@code RKE4J_LAB_NODE} the node.
 */
@EnabledIfEnvironmentVariable(named = "RKE4J_LAB_KUBECONFIG", matches = ".+")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JobAddonDeployerIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final PatientContext CONTEXT = new PatientContext();

  private final Secret kubeconfig = Secret.of(read(System.getenv("RKE4J_LAB_KUBECONFIG")));
  private final Resolved cluster = resolve();
  private final ClusterNode node = cluster.nodes().get(0);
  private final KubeApi kube = KubeApi.open(kubeconfig);
  private final AddonDeployer deployer = deployer(cluster.image(SystemImage.KUBERNETES));

  @BeforeEach
  void authorize() {
    CONTEXT.waitUntil("API server", LIMIT, kube::ready);
    WantedObjects objects = kube.authorization(AuthorizationMode.RBAC, false);
    objects.apply();
    assertThat(objects.differences()).isEmpty();
  }

  @AfterEach
  void close() {
    deployer.close();
    kube.close();
  }

  @Test
  @Order(1)
  void networkMakesTheNodeReadyAndAllAddonsAreDeployed() {
    NodeSync sync = kube.nodes();
    CONTEXT.waitUntil("node", LIMIT, () -> Registered.of(sync, node));
    sync.apply(node, NodeMarks.none());
    assertThat(sync.differences(node, NodeMarks.none())).isEmpty();
    List<PlannedAddon> addons = Manifests.of(cluster);
    for (PlannedAddon addon : addons) {
      deployer.deploy(addon.manifest(), LIMIT, CONTEXT);
    }
    CONTEXT.waitUntil("node to be ready", LIMIT, () -> kube.nodeReady(node.name()));
    assertThat(addons).allMatch(a -> deployer.state(a.manifest()) == AddonState.DEPLOYED);
    assertThat(deployer.deployed())
        .contains(
            "rke-network-plugin",
            "rke-coredns-addon",
            "rke-metrics-addon",
            "rke-ingress-controller");
  }

  @Test
  @Order(2)
  void marksOfANodeComeAndGo() {
    NodeSync sync = kube.nodes();
    NodeSpec marked =
        new NodeSpec(
            node.name(),
            node.spec().roles(),
            node.spec().machine(),
            Map.of("disk", "ssd"),
            List.of(new Taint("gpu", "", Effect.PREFER_NO_SCHEDULE)));
    ClusterNode wanted = new ClusterNode(marked, node.address(), node.internalAddress());
    sync.apply(wanted, NodeMarks.none());
    assertThat(sync.differences(wanted, NodeMarks.none())).isEmpty();
    NodeMarks before = new NodeMarks(marked.labels(), marked.taints());
    assertThat(sync.differences(node, before))
        .containsExactly("remove label disk", "remove taint gpu:PreferNoSchedule");
    sync.apply(node, before);
    assertThat(sync.differences(node, before)).isEmpty();
    kube.cordon(node.name());
    kube.uncordon(node.name());
    assertThat(kube.nodeReady(node.name()).reached()).isTrue();
  }

  @Test
  @Order(4)
  void manifestThatKubernetesRefusesFailsWithItsWords() {
    AddonManifest wrong =
        new AddonManifest("wrong", "apiVersion: v1\nkind: Nonsense\nmetadata: {name: never}\n");
    AddonFailedException failure =
        catchThrowableOfType(
            AddonFailedException.class,
            () -> deployer.deploy(wrong, Duration.ofSeconds(8), CONTEXT));
    assertThat(failure.evidence()).anyMatch(line -> line.contains("no matches for kind"));
    deployer.remove("wrong", LIMIT, CONTEXT);
  }

  @Test
  @Order(5)
  void imageThatNobodyHasFailsBeforeTheTimeIsUp() {
    try (AddonDeployer broken = deployer(new ImageRef("rke4j/no-such-image:1"))) {
      AddonFailedException failure =
          catchThrowableOfType(
              AddonFailedException.class,
              () -> broken.deploy(new AddonManifest("broken", configMap("never")), LIMIT, CONTEXT));
      assertThat(failure).hasMessageContaining("cannot start: ImagePullBackOff");
    }
    deployer.remove("broken", LIMIT, CONTEXT);
  }

  @Test
  @Order(6)
  void stateIsKept() {
    kube.savedState().save(Secret.of("first"));
    kube.savedState().save(Secret.of("second"));
    assertThat(kube.savedState().read()).contains(Secret.of("second"));
  }

  private AddonDeployer deployer(ImageRef kubectl) {
    return new JobAddonDeployerProvider().open(new KubeEndpoint(kubeconfig, node.name(), kubectl));
  }

  private boolean exists(String configMap) {
    return kube.client().find("/api/v1/namespaces/kube-system/configmaps/" + configMap).isPresent();
  }

  private static String configMap(String name) {
    return "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n".formatted(name);
  }

  private static Resolved resolve() {
    ClusterSpec spec =
        ClusterSpec.named("it")
            .kubernetes("v1.20.15-rancher2-1")
            .network(n -> n.plugin("flannel"))
            .node(
                System.getenv("RKE4J_LAB_NODE"),
                n -> n.address("192.0.2.1").user("root").roles(CONTROL_PLANE, ETCD, WORKER))
            .build();
    return new Resolved(
        spec,
        VersionCatalogue.builtIn().release(spec),
        List.of(new ClusterNode(spec.nodes().get(0), "192.0.2.1", "192.0.2.1")));
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Registered {
    static Observation of(NodeSync sync, ClusterNode node) {
      List<String> differences = sync.differences(node, NodeMarks.none());
      return differences.toString().contains("not registered")
          ? Observation.notYet(differences.toString())
          : Observation.done();
    }
  }

  @Nested
  class KeepsTheContract extends AddonDeployerContract {

    @Override
    protected AddonDeployer open() {
      return deployer(cluster.image(SystemImage.KUBERNETES));
    }

    @Override
    protected boolean hasConfigMap(String name) {
      return exists(name);
    }

    @Override
    protected String shellImage() {
      return "rke4j/lab-shell:1";
    }

    @Override
    protected OperationContext context() {
      return CONTEXT;
    }
  }
}
