package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.check.CheckReport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The newest Kubernetes, whose kubelets use Docker by way of cri-dockerd. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NewestLabIT {

  private static final String FILE = Example.text("newest.yml");

  private Lab lab;
  private LabCluster newest;
  private Kubectl kubectl;

  @BeforeAll
  void build() {
    Lab.buildNewestImages();
    lab = Lab.withFreshHosts(2);
    lab.hosts().forEach(host -> new HostMarks(host).put());
    newest = LabCluster.on(lab);
    CheckReport report = newest.check(FILE);
    assertThat(report.findings()).as(report.render()).isEmpty();
    kubectl = newest.kubectl(newest.up(FILE));
    kubectl.awaitNodesReady(2);
  }

  @AfterAll
  void close() {
    newest.close();
  }

  @Test
  @Order(1)
  void nodesAreOfThatVersionAndRunPodsByDocker() {
    String seen =
        "jsonpath={.items[*].status.nodeInfo.kubeletVersion}"
            + " {.items[*].status.nodeInfo.containerRuntimeVersion}";
    assertThat(kubectl.ask("get", "nodes", "--output", seen).split(" ", 4))
        .startsWith("v1.30.14", "v1.30.14")
        .filteredOn(word -> word.startsWith("docker://"))
        .hasSize(2);
  }

  @Test
  @Order(2)
  void podsReachEachOtherByServiceAndName() {
    PodPair pods = new PodPair(kubectl, lab.hosts());
    pods.start(Example.text("pods.yml"));
    pods.awaitName("kubernetes.default", "10.43.0.1");
    pods.assertAnswers("http://far/");
    pods.delete();
  }

  @Test
  @Order(3)
  void secondPlanIsEmptyAndNothingIsInTheWay() {
    newest.assertUpToDate(FILE);
    CheckReport report = newest.check(FILE);
    assertThat(report.findings()).as(report.render()).isEmpty();
  }

  @Test
  @Order(4)
  void removalLeavesNothingBehind() {
    newest.remove(FILE);
    lab.hosts().forEach(host -> new HostMarks(host).assertAllThatIsThere());
    newest.recorder().assertWellFormed();
  }
}
