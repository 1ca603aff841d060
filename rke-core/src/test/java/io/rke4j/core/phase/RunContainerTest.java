package io.rke4j.core.phase;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.core.fake.FakeHosts;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.testkit.PatientContext;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunContainerTest {

  private static final NodeName NODE = new NodeName("n1");
  private static final ContainerSpec ETCD =
      ContainerSpec.named("etcd", new ImageRef("rancher/etcd:v1")).build();
  private static final ContainerSpec FORMER =
      ContainerSpec.named("old-etcd", new ImageRef("rancher/etcd:v0")).build();

  private final FakeHosts hosts = new FakeHosts();
  private final RunContainer run =
      new RunContainer(Steps.on(Phase.ETCD, "run-etcd", NODE), NODE, Set.of(), facts -> ETCD);

  private Decision decision() {
    return run.inspect(hosts.look(NODE).orElseThrow());
  }

  @Test
  void aContainerThatRunsAsDefinedIsUpToDate() {
    hosts.engine(NODE).ensureRunning(ETCD, new PatientContext());
    assertThat(decision().isUpToDate()).isTrue();
  }

  @Test
  void oneThatSharesVolumesOfAContainerToBeReplacedIsToBeReplacedToo() {
    ContainerSpec volumes =
        ContainerSpec.named("volumes", new ImageRef("rancher/rke-tools:v1")).build();
    ContainerSpec sharer =
        ContainerSpec.named("etcd", new ImageRef("rancher/etcd:v1")).volumesFrom("volumes").build();
    CreateContainer owner =
        new CreateContainer(
            Steps.on(Phase.ETCD, "create-volumes", NODE), NODE, Set.of(), facts -> volumes);
    RunContainer sharing =
        new RunContainer(run.id(), NODE, Set.of(), facts -> sharer, List.of(owner));
    hosts.engine(NODE).ensureRunning(sharer, new PatientContext());

    assertThat(sharing.inspect(hosts.look(NODE).orElseThrow()))
        .isEqualTo(Decision.replace(List.of("its volumes is replaced")));
    hosts.engine(NODE).ensureCreated(volumes, new PatientContext());
    assertThat(sharing.inspect(hosts.look(NODE).orElseThrow()).isUpToDate()).isTrue();
  }

  @Test
  void oneThatACutOffReplacementLeftBesideItIsToGo() {
    hosts.engine(NODE).ensureRunning(ETCD, new PatientContext());
    hosts.engine(NODE).ensureCreated(FORMER, new PatientContext());
    assertThat(decision())
        .isEqualTo(
            Decision.followUp("remove old-etcd, which a replacement that was cut off has left"));
  }
}
