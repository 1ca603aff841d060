package io.rke4j.core.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerSpecBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerDifferenceTest {

  private static final ImageRef OLD = new ImageRef("rancher/hyperkube:v1");
  private static final ImageRef NEW = new ImageRef("rancher/hyperkube:v2");

  private static ContainerSpecBuilder kubelet(ImageRef image) {
    return ContainerSpec.named("kubelet", image);
  }

  @Test
  void whatOthersGaveAContainerInItsArgumentsIsNotQuoted() {
    ContainerSpec wanted = kubelet(OLD).command(List.of("save", "--retention=72h")).build();
    ContainerSpec actual =
        kubelet(OLD).command(List.of("save", "--retention=24h", "--s3-secretKey=abc")).build();
    assertThat(ContainerDifference.between(wanted, actual))
        .containsExactly(
            "argument added: --retention=72h",
            "argument removed: --retention=24h",
            "argument removed: --s3-secretKey=***");
  }

  @Test
  void orderDoesNotCount() {
    ContainerSpec wanted =
        kubelet(OLD)
            .entrypoint(List.of("kubelet", "--a=1", "--b=2"))
            .env(List.of("A=1", "B=2"))
            .build();
    ContainerSpec actual =
        kubelet(OLD)
            .entrypoint(List.of("kubelet", "--b=2", "--a=1"))
            .env(List.of("B=2", "A=1"))
            .build();
    assertThat(ContainerDifference.between(wanted, actual)).isEmpty();
  }

  @Test
  void eachDifferenceIsALineForPeople() {
    ContainerSpec wanted =
        kubelet(NEW)
            .entrypoint(List.of("kubelet", "--v=4"))
            .binds(List.of("/new:/new:z"))
            .volumesFrom("service-sidekick")
            .network("host")
            .hostPid()
            .privileged()
            .restartAlways()
            .user("1:1")
            .label("owner", "rke")
            .publish(1337, List.of(2380, 2379))
            .build();
    ContainerSpec actual =
        kubelet(OLD).entrypoint(List.of("kubelet", "--v=2")).binds(List.of("/old:/old:z")).build();
    assertThat(ContainerDifference.between(wanted, actual))
        .containsExactly(
            "image: rancher/hyperkube:v1 -> rancher/hyperkube:v2",
            "argument added: --v=4",
            "argument removed: --v=2",
            "user: default -> 1:1",
            "network: default -> host",
            "PID namespace: default -> host",
            "privileged: false -> true",
            "mount added: /new:/new:z",
            "mount removed: /old:/old:z",
            "volumes of added: service-sidekick",
            "published ports: none -> [2379, 2380] to 1337",
            "restart policy: NO -> ALWAYS",
            "label added: owner=rke");
  }

  @Test
  void valuesOfVariablesAreNotShown() {
    ContainerSpec wanted = kubelet(OLD).env(List.of("KEY=new-secret", "ADDED=secret")).build();
    ContainerSpec actual = kubelet(OLD).env(List.of("KEY=old-secret", "GONE=secret")).build();
    assertThat(ContainerDifference.between(wanted, actual))
        .containsExactly(
            "variable added: ADDED", "variable removed: GONE", "variable changed: KEY");
  }

  @Test
  void whatTheEngineAddsByItselfIsNoDifference() {
    ContainerSpec wanted = kubelet(OLD).network("bridge").build();
    ContainerSpec actual =
        kubelet(OLD).securityOption("label=disable").label("maintainer", "somebody").build();
    assertThat(ContainerDifference.between(wanted, actual)).isEmpty();
  }

  @Test
  void changedLabelIsADifference() {
    ContainerSpec wanted = kubelet(OLD).label("checksum", "new").build();
    ContainerSpec actual = kubelet(OLD).label("checksum", "old").build();
    assertThat(ContainerDifference.between(wanted, actual))
        .containsExactly("label checksum: old -> new");
  }
}
