package io.rke4j.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.event.ProvisionEvent.Stamp;
import io.rke4j.api.event.ProvisionEvent.Warning;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.testkit.SimulatedFleet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulatedClusterExtensionTest {

  private static final List<SimulatedFleet> FLEETS = new ArrayList<>();

  @BeforeEach
  void forget() {
    FLEETS.clear();
  }

  private static void assertNobodyAnswers() {
    assertThat(FLEETS).isNotEmpty().noneMatch(SimulatedClusterExtensionTest::answers);
  }

  private static boolean answers(SimulatedFleet fleet) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(fleet.host(0).address(), fleet.host(0).port()), 5_000);
      return socket.getInputStream().read() == 'S';
    } catch (IOException e) {
      return false;
    }
  }

  @SimulatedCluster(nodes = 3, controlPlanes = 2, kubernetes = "v1.30.14-rancher1-1")
  static class OnAClass {

    @Test
    void first(SimulatedFleet fleet, ClusterSpec spec) {
      FLEETS.add(fleet);
      assertThat(fleet.hosts()).hasSize(3);
      assertThat(spec.version().toString()).contains("v1.30.14-rancher1-1");
      assertThat(spec.nodes())
          .extracting(NodeSpec::name)
          .extracting(Object::toString)
          .containsExactly("host-1", "host-2", "host-3");
      assertThat(spec.nodes())
          .extracting(node -> node.has(Role.ETCD) && node.has(Role.CONTROL_PLANE))
          .containsExactly(true, true, false);
      assertThat(spec.nodes()).allMatch(node -> node.has(Role.WORKER));
    }

    @Test
    void second(SimulatedFleet fleet) {
      FLEETS.add(fleet);
    }

    @Test
    @SimulatedCluster
    void itsOwn(SimulatedFleet fleet, ClusterSpec spec) {
      assertThat(fleet.hosts()).hasSize(1);
      assertThat(spec.nodes()).hasSize(1);
    }

    @Nested
    class Inside {
      @Test
      void third(SimulatedFleet fleet) {
        FLEETS.add(fleet);
      }
    }
  }

  @Test
  void hostsOfAClassLiveAsLongAsItsTestsAndEndThen() {
    TestRun run = TestRun.of(OnAClass.class);
    assertThat(run.failures()).isEmpty();
    assertThat(FLEETS).hasSize(3).containsOnly(FLEETS.get(0));
    assertNobodyAnswers();
  }

  static class OnMethods {

    @BeforeEach
    void alsoHere(SimulatedFleet fleet) {
      assertThat(answers(fleet)).isTrue();
    }

    @Test
    @SimulatedCluster
    void first(SimulatedFleet fleet) {
      FLEETS.add(fleet);
    }

    @Test
    @SimulatedCluster
    void second(SimulatedFleet fleet) {
      FLEETS.add(fleet);
    }
  }

  @Test
  void hostsOfAMethodAreItsOwn() {
    assertThat(TestRun.of(OnMethods.class).failures()).isEmpty();
    assertThat(FLEETS).hasSize(2).doesNotHaveDuplicates();
    assertNobodyAnswers();
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  @SimulatedCluster(nodes = 2)
  static class ByConstructor {

    private final SimulatedFleet fleet;

    ByConstructor(SimulatedFleet fleet) {
      this.fleet = fleet;
    }

    @Test
    void first(SimulatedFleet same) {
      assertThat(same).isSameAs(fleet);
      FLEETS.add(fleet);
    }
  }

  @Test
  void aConstructorGetsTheHostsOfItsClass() {
    assertThat(TestRun.of(ByConstructor.class).failures()).isEmpty();
    assertNobodyAnswers();
  }

  static class ByFields {

    @RegisterExtension
    static final SimulatedClusterExtension ALL =
        SimulatedClusterExtension.builder().fleet(f -> f.named("all-")).build();

    @RegisterExtension
    final SimulatedClusterExtension each =
        SimulatedClusterExtension.builder()
            .nodes(2)
            .fleet(f -> f.named("each-"))
            .spec(s -> s.apiServerName("api.lab"))
            .build();

    @Test
    void first() {
      remember();
    }

    @Test
    void second() {
      remember();
    }

    private void remember() {
      FLEETS.add(ALL.fleet());
      FLEETS.add(each.fleet());
      assertThat(ALL.fleet().host(0).name()).isEqualTo("all-1");
      assertThat(each.fleet().host(1).name()).isEqualTo("each-2");
      assertThat(each.spec().toString()).contains("api.lab");
      assertThat(each.events().events()).isEmpty();
    }
  }

  @Test
  void anExtensionInAStaticFieldServesTheClassAndOneInAnotherEachTest() {
    assertThat(TestRun.of(ByFields.class).failures()).isEmpty();
    assertThat(FLEETS).hasSize(4);
    assertThat(FLEETS.get(0)).isSameAs(FLEETS.get(2));
    assertThat(FLEETS.get(1)).isNotSameAs(FLEETS.get(3));
    assertNobodyAnswers();
  }

  @SimulatedCluster
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class Failing {

    @Test
    @Order(1)
    void goesWell(RecordingListener events) {
      events.on(new Warning(new Stamp("run", 1, Instant.EPOCH), "said earlier"));
    }

    @Test
    @Order(2)
    void fails(RecordingListener events) {
      events.on(new Warning(new Stamp("run", 2, Instant.EPOCH), "said just now"));
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void aTestThatFailsReportsWhatWasHeardDuringIt() {
    TestRun run = TestRun.of(Failing.class);
    assertThat(run.failures()).singleElement().asString().contains("on purpose");
    assertThat(run.reports())
        .contains("rke4j events", "Warning", "said just now")
        .doesNotContain("said earlier");
  }

  @SimulatedCluster
  static class WithoutCore {
    @Test
    void asks(ClusterProvisioner provisioner) {
      assertThat(provisioner).isNotNull();
    }
  }

  @Test
  void whoAsksForAProvisionerWithoutRkeCoreIsToldWhatToAdd() {
    assertThat(TestRun.of(WithoutCore.class).failures())
        .singleElement()
        .asString()
        .contains("rke-core");
  }

  static class OnlyOnAMethod {

    OnlyOnAMethod(SimulatedFleet fleet) {
      assertThat(fleet).isNull();
    }

    @Test
    @SimulatedCluster
    void first() {}
  }

  @Test
  void aConstructorWithoutHostsIsToldWhereToPutTheAnnotation() {
    assertThat(TestRun.of(OnlyOnAMethod.class).failures())
        .singleElement()
        .asString()
        .contains("ParameterResol");
  }

  @Test
  void moreControlPlanesThanNodesAreRefused() {
    assertThatThrownBy(() -> SimulatedClusterExtension.builder().nodes(2).controlPlanes(3).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 nodes cannot have 3 control planes");
  }

  @DockerCluster(image = "rke4j/no-such-image:none")
  static class WithoutImage {
    @Test
    void never() {
      throw new IllegalStateException("hosts were made of an image that is not there");
    }
  }

  @Test
  void realHostsThatCannotBeMadeAreSkippedWithTheReason() {
    TestRun run = TestRun.of(WithoutImage.class);
    assertThat(run.failures()).isEmpty();
    assertThat(run.skipped().values())
        .singleElement()
        .asString()
        .containsAnyOf("no Docker Engine", "rke4j/no-such-image:none");
  }
}
