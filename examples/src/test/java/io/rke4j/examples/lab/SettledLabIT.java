package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.StepFailedException;
import io.rke4j.api.error.RkeException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A cluster that lies elsewhere on its hosts, whose etcd is nobody of note, whose cloud only the
 * file knows, and whose pods leave a node before it changes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SettledLabIT {

  private static final String FILE = Example.text("settled.yml");
  private static final String CHANGED = FILE.replace("max-pods: \"90\"", "max-pods: \"91\"");
  private static final String UNKNOWN_TO_CLOUD = "node.cloudprovider.kubernetes.io/uninitialized";

  private Lab lab;
  private LabCluster settled;
  private Kubectl kubectl;

  @BeforeAll
  void build() {
    lab = Lab.withFreshHosts(2);
    lab.hosts().forEach(host -> new HostMarks(host).put());
    settled = LabCluster.on(lab);
    kubectl = settled.kubectl(settled.up(FILE));
    kubectl.awaitNodesReady(2);
  }

  @AfterAll
  void close() {
    settled.close();
  }

  @Test
  @Order(1)
  void everythingLiesBelowThePrefix() {
    for (LabHost host : lab.hosts()) {
      assertThat(host.lines("ls -A /opt/own/etc/kubernetes /opt/own/var/lib/kubelet"))
          .contains("ssl", "cloud-config", "pods");
      assertThat(host.lines("ls -d /etc/kubernetes /var/lib/etcd 2>&1 || true"))
          .hasSize(2)
          .allMatch(line -> line.endsWith("No such file or directory"));
      // A folder that the engine makes for a mount within the kubelet's container.
      assertThat(host.lines("ls -A /var/lib/kubelet")).containsExactly("volumeplugins");
    }
  }

  @Test
  @Order(1)
  void etcdRunsAsTheUserAndGroupThatWereNamed() {
    LabHost host = lab.host(1);
    assertThat(host.shell("ps -o uid=,gid= -C etcd").strip().split("\\s+", 2))
        .containsExactly("52034", "52035");
    assertThat(host.shell("stat -c '%u %g %a' /opt/own/var/lib/etcd/member").strip())
        .isEqualTo("52034 52035 700");
  }

  @Test
  @Order(1)
  void flagsMayBeGivenSeveralTimes() {
    String labels = "jsonpath={.items[*].metadata.labels.example\\.com/%s}";
    assertThat(kubectl.ask("get", "nodes", "-o", labels.formatted("row"))).isEqualTo("1 1");
    assertThat(kubectl.ask("get", "nodes", "-o", labels.formatted("rack"))).isEqualTo("2 2");
  }

  @Test
  @Order(1)
  void cloudIsToldToComponentsAndToNobodyElse() {
    for (LabHost host : lab.hosts()) {
      assertThat(host.shell("stat -c '%a %u' /opt/own/etc/kubernetes/cloud-config").strip())
          .isEqualTo("600 0");
      assertThat(host.shell("docker exec kubelet cat /etc/kubernetes/cloud-config"))
          .contains("password = \"not for everybody\"");
      assertThat(host.shell("docker inspect kubelet"))
          .contains("--cloud-provider=external", "--cloud-config=/etc/kubernetes/cloud-config")
          .doesNotContain("not for everybody");
    }
  }

  /** The test stands in for the cloud, which says when it has got to know a node. */
  @Test
  @Order(2)
  void podsReachEachOtherAcrossHosts() {
    kubectl.ask("taint", "nodes", "--all", UNKNOWN_TO_CLOUD + "-");
    PodPair pods = new PodPair(kubectl, lab.hosts());
    pods.start(Example.text("pods.yml"));
    String far = kubectl.ask("get", "pod", "far", "-o", "jsonpath={.status.podIP}");
    pods.assertAnswers("http://" + far + ":8080/");
    pods.delete();
    settled.assertUpToDate(FILE);
  }

  @Test
  @Order(3)
  void podsThatMayNotLeaveHoldTheChangeBack() {
    kubectl.apply(Example.text("held-pods.yml"));
    kubectl.ask("rollout", "status", "deployment/kept", "--timeout=90s");
    Map<String, String> before = lab.host(2).containers();
    try {
      settled.up(CHANGED.replace("timeout: 120", "timeout: 5"));
      throw new AssertionError("a budget for disruptions was not kept");
    } catch (StepFailedException e) {
      assertThat(e.failures().values())
          .filteredOn(RkeException.class::isInstance)
          .extracting(cause -> ((RkeException) cause).code())
          .contains("drain-failed");
      assertThat(e).hasMessageContaining("default/kept").hasMessageContaining("budget");
    }
    assertThat(lab.host(2).containers()).containsEntry("kubelet", before.get("kubelet"));
    assertThat(kubectl.ask("get", "node", "worker", "-o", "jsonpath={.spec.unschedulable}"))
        .isEqualTo("true");
  }

  /** Kubernetes 1.20 lists a pod until its sandbox is collected, once a minute. */
  @Test
  @Order(4)
  void onceTheyMayTheyLeaveBeforeTheNodeChanges() {
    String before = podOfDeployment();
    kubectl.ask("patch", "pdb", "kept", "-p", "{\"spec\":{\"minAvailable\":0}}");
    settled.up(CHANGED);
    kubectl.ask("rollout", "status", "deployment/kept", "--timeout=90s");
    assertThat(podOfDeployment()).isNotEqualTo(before);
    assertThat(kubectl.ask("get", "nodes", "-o", "jsonpath={.items[*].spec.unschedulable}"))
        .isEmpty();
    assertThat(kubectl.ask("get", "nodes", "-o", "jsonpath={.items[*].status.capacity.pods}"))
        .isEqualTo("91 91");
    settled.assertUpToDate(CHANGED);
  }

  @Test
  @Order(5)
  void removalLeavesNothingBehind() {
    settled.remove(CHANGED);
    lab.hosts().forEach(host -> new HostMarks(host).assertAllThatIsThere());
    assertThat(lab.host(1).lines("find /opt/own -type f 2>/dev/null || true")).isEmpty();
    settled.recorder().assertWellFormed();
  }

  private String podOfDeployment() {
    return kubectl.ask("get", "pods", "--selector", "app=kept", "--output", "name").strip();
  }
}
