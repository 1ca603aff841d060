package io.rke4j.examples.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Cluster;
import io.rke4j.api.StepFailedException;
import io.rke4j.api.check.CheckReport;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Plan;
import io.rke4j.api.plan.PlannedStep;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The life of one cluster of three hosts: built, looked at, changed, removed, followed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThreeNodeLabIT {

  private static final String THREE = Example.text("three-nodes.yml");

  private Lab lab;
  private LabCluster three;
  private Cluster cluster;
  private Kubectl kubectl;

  @BeforeAll
  void build() {
    lab = Lab.withFreshHosts(3);
    lab.hosts().forEach(host -> new HostMarks(host).put());
    three = LabCluster.on(lab);
    cluster = three.up(THREE);
    kubectl = three.kubectl(cluster);
  }

  @AfterAll
  void saySomethingOfMemory() {
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    System.out.printf("heap, sum of the pools' peaks: %d MB%n", peak >> 20);
    if (three != null) {
      three.close();
    }
  }

  @Test
  @Order(1)
  void nodesAreReadyWithTheirRolesLabelsAndTaints() {
    kubectl.awaitNodesReady(3);
    String roles = "node-role.kubernetes.io/";
    assertThat(nodes(roles + "controlplane=true")).containsExactlyInAnyOrder("cp", "mixed");
    assertThat(nodes(roles + "etcd=true")).containsExactlyInAnyOrder("cp", "mixed", "worker");
    assertThat(nodes(roles + "worker=true")).containsExactlyInAnyOrder("mixed", "worker");
    assertThat(nodes("example.com/disk=fast")).containsExactly("mixed");
    assertThat(nodes("example.com/disk=slow")).containsExactly("worker");
    String taints = "jsonpath={range .spec.taints[*]}{.key}={.value}:{.effect} {end}";
    assertThat(kubectl.ask("get", "node", "cp", "-o", taints))
        .contains(roles + "controlplane=true:NoSchedule", roles + "etcd=true:NoExecute");
    assertThat(kubectl.ask("get", "node", "worker", "-o", taints).strip())
        .isEqualTo("example.com/batch=true:PreferNoSchedule");
    assertThat(
            kubectl.ask("get", "nodes", "-o", "jsonpath={.items[*].spec.podCIDR}").split(" ", -1))
        .hasSize(3)
        .allMatch(range -> range.startsWith("10.52."));
  }

  private List<String> nodes(String label) {
    return List.of(
        kubectl
            .ask("get", "nodes", "-l", label, "-o", "jsonpath={.items[*].metadata.name}")
            .split(" "));
  }

  @Test
  @Order(2)
  void allEtcdMembersAreHealthy() {
    for (LabHost host : lab.hosts()) {
      String health = "docker exec etcd etcdctl endpoint health --cluster 2>&1";
      assertThat(host.lines(health).stream().filter(line -> line.contains("is healthy")))
          .as("members as %s sees them", host)
          .hasSize(3);
    }
    assertThat(lab.host(1).lines("docker exec etcd etcdctl member list"))
        .hasSize(3)
        .allMatch(line -> line.contains("started"));
  }

  @Test
  @Order(3)
  void addonsAndExtrasAreThere() {
    assertThat(kubectl.ask("get", "cm", "from-the-user", "-o", "jsonpath={.data.answer}"))
        .isEqualTo("42");
    assertThat(lab.host(1).shell("docker inspect kube-apiserver"))
        .contains("--event-ttl=30m", "LAB_MARK=api");
    assertThat(lab.host(3).shell("docker inspect kubelet"))
        .contains("--max-pods=90", "/opt:/host-opt:ro", "--cluster-domain=lab.example");
    // The addon's Job is over when its pod is created; that may be restarted until services work.
    Eventually.within(
        Duration.ofMinutes(4),
        () -> {
          Command.Outcome answer = kubectl.command("top", "nodes").run();
          assertThat(answer.output()).as(answer.errors()).contains("mixed", "%");
        },
        () -> kubectl.stateOf("k8s-app=metrics-server") + PodPair.network(lab.hosts()));
  }

  @Test
  @Order(3)
  void everySecretInEtcdIsEncrypted() {
    String stored =
        lab.host(1).shell("docker exec etcd etcdctl get --prefix /registry/secrets/ -w json");
    List<String> values =
        Pattern.compile("\"value\":\"([^\"]*)\"")
            .matcher(stored)
            .results()
            .map(found -> new String(Base64.getDecoder().decode(found.group(1)), ISO_8859_1))
            .toList();
    assertThat(values).hasSizeGreaterThan(10);
    assertThat(values).allSatisfy(value -> assertThat(value).startsWith("k8s:enc:aescbc:v1:"));
  }

  @Test
  @Order(3)
  void requestsAreLogged() {
    assertThat(lab.host(1).shell("tail -n 1 /var/log/kube-audit/audit-log.json"))
        .contains("\"kind\":\"Event\"");
  }

  @Test
  @Order(4)
  void podsReachEachOtherAcrossHostsByAddressServiceAndName() {
    PodPair pods = new PodPair(kubectl, lab.hosts());
    pods.start(Example.text("pods.yml"));
    pods.awaitName("kubernetes.default", "10.53.0.1");
    assertThat(kubectl.inPod("near", "dig", "+short", "kubernetes.default.svc.lab.example").strip())
        .isEqualTo("10.53.0.1");
    String far = kubectl.ask("get", "pod", "far", "-o", "jsonpath={.status.podIP}");
    assertThat(far).startsWith("10.52.");
    pods.assertAnswers("http://" + far + ":8080/");
    pods.assertAnswers("http://far/");
    pods.delete();
  }

  @Test
  @Order(5)
  void secondPlanIsEmptyAndPlanningTouchesNothing() {
    Map<LabHost, String> start = new HashMap<>();
    lab.hosts().forEach(host -> start.put(host, host.shell("date +%s.%N").strip()));
    three.assertUpToDate(THREE);
    CheckReport report = three.check(THREE);
    assertThat(report.findings()).as(report.render()).isEmpty();
    start.forEach(
        (host, since) ->
            assertThat(
                    host.lines(
                        "docker events --since "
                            + since
                            + " --until $(date +%s.%N) --format"
                            + " '{{.Type}} {{.Action}} {{.Actor.Attributes.name}}'"))
                .as("what has changed on %s", host)
                .filteredOn(event -> !event.contains("k8s_"))
                // Pods come and go whoever plans; theirs is the network "none".
                .filteredOn(event -> !event.matches("network (dis)?connect none"))
                .filteredOn(
                    event -> !event.matches("(container (archive-path|exec_)|volume (un)?mount).*"))
                .isEmpty());
  }

  @Test
  @Order(6)
  void secretsAreNowhereToBeSeen() throws IOException {
    Secrets secrets = Secrets.of(cluster);
    for (LabHost host : lab.hosts()) {
      secrets.assertAbsent(
          "docker inspect on " + host, host.shell("docker inspect $(docker ps --all --quiet)"));
      secrets.assertAbsent("processes on " + host, host.shell("ps axww -o args"));
    }
    secrets.assertAbsent("processes here", Command.of("ps", "axww", "-o", "args").output());
    secrets.assertAbsent("events", three.recorder().text());
    secrets.assertAbsent("ConfigMaps", kubectl.ask("get", "cm", "-A", "-o", "yaml"));
    try (Stream<Path> files = Files.walk(three.state())) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  @Order(7)
  void unreachableHostIsAnErrorAndStaysInTheCluster() {
    lab.host(3).shell("service ssh stop");
    try {
      three.plan(THREE);
      throw new AssertionError("a host is unreachable, and the plan does not say so");
    } catch (StepFailedException e) {
      assertThat(e).hasMessageContaining(lab.host(3).address());
      assertThat(e.failures().keySet())
          .allSatisfy(step -> assertThat(step.target()).isEqualTo("worker"));
    } finally {
      lab.host(3).shell("service ssh start");
    }
    three.assertUpToDate(THREE);
    kubectl.assertNodesReady(3);
  }

  @Test
  @Order(8)
  void changedArgumentReplacesThatContainerOnly() {
    String changed = THREE.replace("max-pods: \"90\"", "max-pods: \"91\"");
    Plan plan = three.plan(changed);
    assertThat(acting(plan))
        .extracting(step -> step.id().action())
        .containsOnly("cordon-node", "run-kubelet");
    assertThat(acting(plan)).hasSize(6);
    Map<String, String> before = containers();
    three.apply(plan);
    Map<String, String> after = containers();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    Set<String> replaced = new TreeSet<>(after.keySet());
    replaced.removeIf(name -> Objects.equals(after.get(name), before.get(name)));
    assertThat(replaced).hasSize(3).allMatch(name -> name.endsWith("/kubelet"));
    three.assertUpToDate(changed);
    kubectl.awaitNodesReady(3);
  }

  private static List<PlannedStep> acting(Plan plan) {
    return plan.steps().stream()
        .filter(
            step ->
                step.decision() instanceof Decision.Change change
                    && change.kind() != Decision.Kind.FOLLOW_UP)
        .toList();
  }

  private Map<String, String> containers() {
    Map<String, String> all = new TreeMap<>();
    for (LabHost host : lab.hosts()) {
      host.containers().forEach((name, id) -> all.put(host + "/" + name, id));
    }
    all.keySet().removeIf(name -> name.contains("/k8s_"));
    return all;
  }

  @Test
  @Order(9)
  void objectsThatAnAddonNoLongerHasAreDeleted() {
    String shorter = withArgument(THREE.substring(0, THREE.lastIndexOf("  ---")));
    three.up(shorter);
    assertThat(kubectl.exists("cm", "from-the-user")).isTrue();
    assertThat(kubectl.exists("cm", "later-gone")).isFalse();
    String without = withArgument(THREE.substring(0, THREE.indexOf("addons: |")));
    three.up(without);
    assertThat(kubectl.exists("cm", "from-the-user")).isFalse();
    three.assertUpToDate(without);
  }

  private static String withArgument(String clusterFile) {
    return clusterFile.replace("max-pods: \"90\"", "max-pods: \"91\"");
  }

  @Test
  @Order(10)
  void removalLeavesNothingButWhatWasThereBefore() {
    three.remove(THREE);
    lab.hosts().forEach(host -> new HostMarks(host).assertAllThatIsThere());
    three.recorder().assertWellFormed();
  }

  @Test
  @Order(11)
  void anotherClusterCanFollowOnTheSameHosts() {
    try (LabCluster next = LabCluster.on(lab)) {
      next.kubectl(next.up(Example.text("next.yml"))).awaitNodesReady(1);
      next.remove(Example.text("next.yml"));
    }
  }
}
