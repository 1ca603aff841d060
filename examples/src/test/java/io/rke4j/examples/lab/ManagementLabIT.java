package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterFile;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.ManagementCluster;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.plan.Plan;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Kubernetes keeps account: the cluster on the first host is the management cluster of the
 * one on the second. The run is another process each time, which has nothing in common with the one
 * before but the kubeconfig.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ManagementLabIT {

  private static final String FILE = Example.text("next.yml");

  /**
   * The lab's 1.20 is built with a Go that is newer than it was made for, and crashes on every
   * object of a kind that somebody defined.
   */
  private static final String HOME = FILE + "kubernetes_version: v1.30.14-rancher1-1\n";

  private static final String MANAGED =
      FILE.replace("cluster_name: next", "cluster_name: managed").replace("${host1}", "${host2}");
  private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

  private Lab lab;
  private LabCluster home;
  private LabCluster managed;
  private Kubectl kubectl;
  private String authority = "";

  @BeforeAll
  void build() {
    Lab.buildNewestImages();
    lab = Lab.withFreshHosts(2);
    home = LabCluster.on(lab);
    managed = LabCluster.on(lab);
    Cluster cluster = home.up(HOME);
    kubectl = home.kubectl(cluster);
    kubectl.awaitNodesReady(1);
  }

  @AfterAll
  void end() {
    if (home != null) {
      home.close();
      managed.close();
    }
  }

  private Process run(String log) throws Exception {
    Path file = managed.write(MANAGED);
    return new ProcessBuilder(
            CommandLine.words(
                "up",
                file.toString(),
                "--management",
                kubectl.kubeconfig().toString(),
                // For known hosts only; another folder each time.
                "--state",
                managed.folder().resolve(log + "-known").toString(),
                "--accept-new-host-keys"))
        .redirectErrorStream(true)
        .redirectOutput(new File(managed.folder().toFile(), log))
        .start();
  }

  private String condition(String record, String type) {
    return kubectl
        .command(
            "get",
            record,
            "managed",
            "--output",
            "jsonpath={.status.conditions[?(@.type=='" + type + "')].status}")
        .run()
        .output();
  }

  /** As it lies on the host. */
  private String authority() {
    return lab.host(2).shell("cat /etc/kubernetes/ssl/kube-ca.pem");
  }

  private String keys() {
    return kubectl.ask(
        "get", "secret", "cluster-managed", "-n", "rke4j-system", "-o", "jsonpath={.data.state}");
  }

  @Test
  @Order(1)
  void theKeysAreThereBeforeTheRunIsKilledInTheMiddle() throws Exception {
    Process run = run("killed.log");
    try {
      Eventually.within(
          Duration.ofMinutes(3),
          () -> assertThat(lab.host(2).containers()).as("etcd is started").containsKey("etcd"));
    } finally {
      assertThat(run.isAlive()).as("the run was over before it could be killed").isTrue();
      run.destroyForcibly().waitFor();
    }
    assertThat(keys()).isNotEmpty();
    authority = authority();
    assertThat(condition("rkecluster", "Provisioned")).isEqualTo("Unknown");
    assertThat(condition("rkecluster", "BackingNamespaceCreated")).isEqualTo("True");
  }

  @Test
  @Order(2)
  void anotherProcessGoesOnFromTheStoredStateAndConditionsMove() throws Exception {
    Process run = run("continued.log");
    Set<String> seen = new LinkedHashSet<>();
    String lines = "";
    while (!run.waitFor(300, TimeUnit.MILLISECONDS)) {
      String now = kubectl.command("get", "rkeclusters,rkenodes", "-A").run().output();
      if (!now.equals(lines)) {
        System.out.println(now);
        lines = now;
      }
      seen.add(condition("rkecluster", "Provisioned") + condition("rkecluster", "Waiting"));
    }
    assertThat(run.exitValue()).isZero();
    assertThat(seen).as("Provisioned and Waiting").contains("UnknownUnknown", "UnknownTrue");
    assertThat(condition("rkecluster", "Provisioned")).isEqualTo("True");
    assertThat(condition("rkecluster", "Ready")).isEqualTo("True");
    String table = kubectl.ask("get", "rkeclusters");
    System.out.println(table);
    System.out.println(kubectl.ask("get", "rkenodes", "-A"));
    assertThat(table)
        .contains("STATE", "VERSION", "PROVISIONED", "UPDATED", "READY")
        .contains("active");
    assertThat(authority()).as("the authority of the run that was killed").isEqualTo(authority);
  }

  @Test
  @Order(3)
  void nothingIsLeftToDoAndRemovalLeavesNothing() throws Exception {
    try (ClusterProvisioner rke =
        ClusterProvisioner.builder()
            .management(ManagementCluster.file(kubectl.kubeconfig()))
            .hostKeys(new HostKeyPolicy.KnownHosts(lab.knownHosts()))
            .build()) {
      ClusterSpec spec = ClusterFile.read(managed.write(MANAGED));
      LabCluster.assertEmpty(rke.plan(spec));
      Plan removal = rke.planRemoval(spec);
      rke.apply(removal).await(LONGEST_RUN);
    }
    Eventually.within(
        Duration.ofMinutes(2),
        () -> {
          assertThat(kubectl.exists("namespace", "c-managed")).isFalse();
          assertThat(kubectl.exists("rkecluster", "managed")).isFalse();
          assertThat(kubectl.exists("clusterrole", "c-managed-clusterowner")).isFalse();
        });
    assertThat(kubectl.exists("secret", "-n", "rke4j-system", "cluster-managed")).isFalse();
  }

  @Test
  @Order(4)
  void theWholeSeedHappensInOneCall(@TempDir Path folder) throws Exception {
    new SeedRun(folder, kubectl).carryOut();
  }
}
