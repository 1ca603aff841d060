package io.rke4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.OpenstackOption;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Decision;
import io.rke4j.core.builtin.ExistingMachines;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.Step;
import io.rke4j.core.fake.FakeContainerRuntime;
import io.rke4j.core.fake.FakeHosts;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.HostFile;
import io.rke4j.testkit.PatientContext;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CloudSequenceTest {

  private static final NodeName NODE = NodeName.of("n1");
  private static final String FILE = "/etc/kubernetes/cloud-config";

  private static final PatientContext CONTEXT = new PatientContext();

  private final FakeHosts hosts = new FakeHosts();

  @Test
  void anotherFileRestartsWhoeverReadsIt() {
    FakeContainerRuntime engine = hosts.engine(NODE);
    placing("first-marker").apply(hosts.open(NODE), CONTEXT);
    assertThat(file(engine).content().reveal()).contains("first-marker");
    assertThat(file(engine).mode()).isEqualTo(0600);
    for (String component :
        List.of("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet")) {
      engine.ensureRunning(
          ContainerSpec.named(component, new ImageRef("rancher/hyperkube:v1")).build(), CONTEXT);
    }
    int before = engine.mutations().size();

    assertThat(placing("first-marker").inspect(hosts.open(NODE)))
        .isInstanceOf(Decision.UpToDate.class);
    assertThat(placing("second-marker").inspect(hosts.open(NODE)).toString())
        .contains("replace " + FILE, "restart kubelet")
        .doesNotContain("marker");
    placing("second-marker").apply(hosts.open(NODE), CONTEXT);

    assertThat(engine.mutations().subList(before, engine.mutations().size()))
        .containsSubsequence(
            "restart kube-apiserver", "restart kube-controller-manager", "restart kubelet")
        .doesNotContain("restart kube-scheduler")
        .noneMatch(mutation -> mutation.contains("marker"));
    assertThat(file(engine).content().reveal()).contains("second-marker");
  }

  private static HostFile file(FakeContainerRuntime engine) {
    return Objects.requireNonNull(engine.files().get(FILE));
  }

  /** The step that places configuration files. */
  private static Step.OnNode placing(String password) {
    Resolved cluster = Resolution.of(spec(password), new ExistingMachines());
    try (Workplace place = Workplaces.of(cluster)) {
      return ProvisionSequence.steps(cluster, place).stream()
          .filter(one -> one.id().action().equals("place-configuration"))
          .map(Step.OnNode.class::cast)
          .findFirst()
          .orElseThrow();
    }
  }

  private static ClusterSpec spec(String password) {
    return ClusterSpec.named("c1")
        .kubernetes("v1.20.15-rancher2-1")
        .node("n1", n -> n.address("192.0.2.1").user("rke").roles(Role.values()))
        .cloud(
            cloud ->
                cloud.openstack(
                    options ->
                        options
                            .set(OpenstackOption.AUTH_URL, "https://keystone.lab")
                            .set(OpenstackOption.USERNAME, "rke")
                            .set(OpenstackOption.PASSWORD, Secret.of(password))))
        .build();
  }
}
