package io.rke4j.core.builtin.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.api.cluster.AuthorizationMode;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.cluster.Taint;
import io.rke4j.api.cluster.Taint.Effect;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.kube.KubeApi;
import io.rke4j.core.kube.NodeMarks;
import io.rke4j.core.kube.NodeSync;
import io.rke4j.core.kube.SimulatedAccess;
import io.rke4j.core.kube.WantedObjects;
import io.rke4j.core.manifest.Manifests;
import io.rke4j.core.manifest.PlannedAddon;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.addon.AddonDeployer;
import io.rke4j.spi.addon.AddonFailedException;
import io.rke4j.spi.addon.AddonManifest;
import io.rke4j.spi.addon.AddonState;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.spi.addon.KubeEndpoint;
import io.rke4j.testkit.contract.AddonDeployerContract;
import io.rke4j.testkit.kube.api.Fault;
import io.rke4j.testkit.kube.controllers.PodBehaviour;
import io.rke4j.testkit.kube.controllers.PodBehaviour.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The code that speaks to Kubernetes, against a simulated cluster: no stub knows what it asks. */
class SimulatedAddonsTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final PodBehaviour MISSING_IMAGE =
      start ->
          start.container().path("image").asText().contains("no-such-image")
              ? Optional.of(new Outcome.Waiting("ImagePullBackOff", "no such image"))
              : Optional.empty();

  private final SimulatedAccess simulated =
      SimulatedAccess.to(MISSING_IMAGE.orElse(PodBehaviour.usual()));
  private final ClusterNode node = simulated.node();
  private final KubeApi kube = KubeApi.open(simulated.kubeconfig());
  private final AddonDeployer deployer =
      deployer(simulated.resolved().image(SystemImage.KUBERNETES));
  private final QuietContext context = new QuietContext(simulated.cluster());

  @BeforeEach
  void authorize() {
    assertThat(kube.ready().reached()).isTrue();
    WantedObjects objects = kube.authorization(AuthorizationMode.RBAC, true);
    assertThat(objects.differences()).hasSize(8);
    objects.apply();
    assertThat(objects.differences()).isEmpty();
  }

  @AfterEach
  void close() {
    deployer.close();
    kube.close();
    simulated.close();
  }

  private AddonDeployer deployer(ImageRef kubectl) {
    return new JobAddonDeployerProvider()
        .open(new KubeEndpoint(simulated.kubeconfig(), node.name(), kubectl));
  }

  private boolean exists(String configMap) {
    return kube.client().find("/api/v1/namespaces/kube-system/configmaps/" + configMap).isPresent();
  }

  private static String configMap(String name) {
    return "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n".formatted(name);
  }

  @Test
  void allAddonsOfAClusterAreDeployedOnceItsNodeIsThere() {
    assertThat(kube.nodeReady(node.name()).lastSeen()).contains("has not registered");
    simulated.registerNode();
    NodeSync sync = kube.nodes();
    sync.apply(node, NodeMarks.none());
    assertThat(sync.differences(node, NodeMarks.none())).isEmpty();

    List<PlannedAddon> addons = Manifests.of(simulated.resolved());
    for (PlannedAddon addon : addons) {
      deployer.deploy(addon.manifest(), LIMIT, context);
    }

    assertThat(addons).isNotEmpty();
    assertThat(addons).allMatch(a -> deployer.state(a.manifest()) == AddonState.DEPLOYED);
    assertThat(deployer.deployed())
        .contains("rke-network-plugin", "rke-coredns-addon", "rke-ingress-controller");
    assertThat(kube.nodeReady(node.name()).reached()).isTrue();
    assertThat(
            kube.client()
                .read("/apis/apps/v1/namespaces/kube-system/deployments/coredns")
                .at("/status/readyReplicas")
                .asInt())
        .isPositive();
  }

  @Test
  void marksOfANodeComeAndGo() {
    simulated.registerNode();
    NodeSync sync = kube.nodes();
    sync.apply(node, NodeMarks.none());
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
    simulated.cluster().nodeLost(node.name().value());
    assertThat(kube.nodeReady(node.name()).lastSeen())
        .contains("Ready=Unknown", "Kubelet stopped posting node status.");
    kube.deleteNode(node.name());
    assertThat(kube.nodeReady(node.name()).lastSeen()).contains("has not registered");
  }

  @Test
  void manifestThatKubernetesRefusesFailsWithItsWords() {
    simulated.registerNode();
    AddonManifest wrong =
        new AddonManifest("wrong", "apiVersion: v1\nkind: Nonsense\nmetadata: {name: never}\n");

    AddonFailedException failure =
        catchThrowableOfType(
            AddonFailedException.class, () -> deployer.deploy(wrong, LIMIT, context));

    assertThat(failure.evidence())
        .anyMatch(line -> line.contains("no matches for kind"))
        .anyMatch(line -> line.contains("BackoffLimitExceeded"));
    deployer.remove("wrong", LIMIT, context);
    assertThat(deployer.deployed()).isEmpty();
  }

  @Test
  void imageThatNobodyHasFailsAtOnce() {
    simulated.registerNode();
    try (AddonDeployer broken = deployer(new ImageRef("rke4j/no-such-image:1"))) {
      AddonManifest manifest = new AddonManifest("broken", configMap("never"));
      AddonFailedException failure =
          catchThrowableOfType(
              AddonFailedException.class, () -> broken.deploy(manifest, LIMIT, context));
      assertThat(failure).hasMessageContaining("cannot start: ImagePullBackOff");
    }
    deployer.remove("broken", LIMIT, context);
    assertThat(exists("never")).isFalse();
  }

  @Test
  void stateIsKept() {
    kube.savedState().save(Secret.of("first"));
    kube.savedState().save(Secret.of("second"));

    assertThat(kube.savedState().read()).contains(Secret.of("second"));
  }

  @Test
  void aStateThatIsTooLargeLeavesWordOfThatUntilItIsSmaller() {
    Secret large = Secret.of("x".repeat(1 + (1 << 20)));
    kube.savedState().save(Secret.of("first"));
    kube.savedState().save(large);

    assertThat(kube.savedState().holds(large)).isTrue();
    assertThat(kube.savedState().read().orElseThrow().reveal())
        .startsWith("the state of this cluster has 1048577 bytes");
    kube.savedState().save(Secret.of("second"));
    assertThat(kube.savedState().holds(large)).isFalse();
    assertThat(kube.savedState().read()).contains(Secret.of("second"));
  }

  @Test
  void serverThatIsOverloadedIsATransientFailure() {
    simulated
        .api()
        .faults()
        .nth(2, request -> request.path().equals("/version"), Fault.unavailable());
    assertThat(kube.serverVersion().text()).isEqualTo("v1.20.15");

    KubeApiException failure = catchThrowableOfType(KubeApiException.class, kube::serverVersion);

    assertThat(failure.status()).isEqualTo(503);
    assertThat(failure.isTransient()).isTrue();
    assertThat(kube.serverVersion().text()).isEqualTo("v1.20.15");
  }

  @Test
  void connectionThatIsDroppedIsATransientFailure() {
    simulated.api().faults().next(5, request -> request.path().equals("/readyz"), new Fault.Drop());

    assertThat(kube.ready().reached()).isFalse();

    simulated.api().faults().clear();
    assertThat(kube.ready().reached()).isTrue();
  }

  @Nested
  class KeepsTheContract extends AddonDeployerContract {

    @BeforeEach
    void thereIsANode() {
      simulated.registerNode();
    }

    @Override
    protected AddonDeployer open() {
      return deployer(simulated.resolved().image(SystemImage.KUBERNETES));
    }

    @Override
    protected boolean hasConfigMap(String name) {
      return exists(name);
    }

    @Override
    protected String shellImage() {
      return "example/shell:1";
    }

    @Override
    protected OperationContext context() {
      return context;
    }
  }
}
