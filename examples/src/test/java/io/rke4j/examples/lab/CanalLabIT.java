package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The network plugin that clusters have unless they ask for another, and what it keeps apart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CanalLabIT {

  private static final String FILE = Example.text("canal.yml");
  private static final String SETS =
      "docker run --rm --privileged --network host rancher/hyperkube:v1.20.15-rancher2"
          + " ipset list -name";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Lab lab;
  private LabCluster canal;
  private Kubectl kubectl;
  private PodPair pods;

  @BeforeAll
  void build() {
    assumeServed(
        "rancher/mirrored-calico-node:v3.17.2",
        "rancher/mirrored-calico-cni:v3.17.2",
        "rancher/mirrored-calico-kube-controllers:v3.17.2",
        "rancher/mirrored-calico-pod2daemon-flexvol:v3.17.2");
    lab = Lab.withFreshHosts(2);
    lab.hosts().forEach(host -> new HostMarks(host).put());
    canal = LabCluster.on(lab);
    kubectl = canal.kubectl(canal.up(FILE));
    kubectl.awaitNodesReady(2);
    pods = new PodPair(kubectl, lab.hosts());
  }

  private static void assumeServed(String... images) {
    assumeThat(Lab.missing(images))
        .as("images that the lab cannot make, and that 'lab bring' has not been given")
        .isEmpty();
  }

  @AfterAll
  void close() {
    if (canal != null) {
      canal.close();
    }
  }

  @Test
  @Order(1)
  void podsReachEachOtherByServiceAndName() {
    pods.start(Example.text("pods.yml"));
    pods.awaitName("kubernetes.default", "10.43.0.1");
    pods.assertAnswers("http://far/");
    assertThat(lab.host(2).shell("ip -o link")).contains("cali").doesNotContain("cni0");
  }

  @Test
  @Order(2)
  void itsPodsAreReadyAndKeepTheirObjectsInKubernetes() {
    kubectl.ask("-n", "kube-system", "rollout", "status", "daemonset/canal", "--timeout=60s");
    kubectl.ask(
        "-n",
        "kube-system",
        "rollout",
        "status",
        "deployment/calico-kube-controllers",
        "--timeout=60s");
    assertThat(kubectl.ask("get", "clusterinformations.crd.projectcalico.org", "-o", "name"))
        .contains("default");
  }

  @Test
  @Order(3)
  void policiesKeepPodsApart() {
    kubectl.apply(Example.text("canal-policies.yml"));
    Eventually.within(PATIENCE, () -> assertThat(farAnswers()).isFalse());
    kubectl.ask("label", "pod", "near", "friend=yes");
    Eventually.within(PATIENCE, () -> assertThat(farAnswers()).isTrue());
    kubectl.ask("label", "pod", "near", "friend-");
    Eventually.within(PATIENCE, () -> assertThat(farAnswers()).isFalse());
  }

  private boolean farAnswers() {
    return kubectl
            .command(
                "exec", "near", "--", "wget", "-q", "-T", "2", "-t", "1", "-O", "-", "http://far/")
            .run()
            .exitCode()
        == 0;
  }

  @Test
  @Order(4)
  void secondPlanIsEmpty() {
    canal.assertUpToDate(FILE);
    assertThat(canal.check(FILE).findings()).isEmpty();
  }

  @Test
  @Order(5)
  void kubeDnsTakesOverFromCoreDns() {
    assumeServed(
        "rancher/mirrored-k8s-dns-kube-dns:1.15.10",
        "rancher/mirrored-k8s-dns-dnsmasq-nanny:1.15.10",
        "rancher/mirrored-k8s-dns-sidecar:1.15.10");
    canal.up(FILE + "dns: {provider: kube-dns, reversecidrs: [10.43.0.0/16]}");
    kubectl.ask("-n", "kube-system", "rollout", "status", "deployment/kube-dns", "--timeout=90s");
    assertThat(kubectl.exists("-n", "kube-system", "deployment/coredns")).isFalse();
    pods.awaitName("kubernetes.default", "10.43.0.1");
    assertThat(kubectl.inPod("near", "dig", "+short", "-x", "10.43.0.1").strip())
        .isEqualTo("kubernetes.default.svc.cluster.local.");
  }

  @Test
  @Order(6)
  void removalLeavesNothingBehind() {
    assertThat(lab.host(2).lines(SETS)).anyMatch(name -> name.startsWith("cali"));
    canal.remove(FILE);
    for (LabHost host : lab.hosts()) {
      new HostMarks(host).assertAllThatIsThere();
      assertThat(host.shell("ip -o link")).doesNotContain("cali");
      assertThat(host.lines(SETS)).as("sets of addresses on %s", host).isEmpty();
      assertThat(
              host.lines("ls -d /var/lib/calico /var/log/calico /run/calico 2>/dev/null || true"))
          .isEmpty();
    }
    canal.recorder().assertWellFormed();
  }
}
