package io.rke4j.examples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.Cluster;
import io.rke4j.api.cluster.ClusterSpec;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A cluster behind a bastion host, whose servers for SSH let in as few at once as they can, with
 * images from a registry that wants a login, and an API server that is as strict as cluster.yml can
 * make it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuardedLabIT {

  private static final String DIRECT_WAY = "-p tcp -m multiport --dports 22,6443 -j REJECT";

  /** One login and one session at a time are enough for all that a run does. */
  private static final String FEW_AT_ONCE =
      "sed -i '1i MaxStartups 1\\nMaxSessions 1' /etc/ssh/sshd_config && service ssh restart";

  private Lab lab;
  private PrivateRegistry registry;
  private LabCluster guarded;
  private String clusterFile;
  private String gateway;
  private Cluster cluster;
  private Kubectl kubectl;

  @BeforeAll
  void build() {
    lab = Lab.withFreshHosts(3);
    registry = lab.privateRegistry();
    guarded = LabCluster.on(lab);
    lab.hosts().forEach(host -> host.shell(FEW_AT_ONCE));
    clusterFile =
        registry.fill(Example.text("guarded.yml")).replace("${encryption}", encryptionKey());
    gateway = lab.host(2).shell("ip -4 route show default").split(" ", 4)[2];
    directWay("-I");
    cluster = guarded.up(clusterFile);
    directWay("-D");
    kubectl = guarded.kubectl(cluster);
    kubectl.awaitNodesReady(2);
  }

  private static String encryptionKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /** Closes or opens the way from this machine to the nodes. */
  private void directWay(String change) {
    for (LabHost node : nodes()) {
      node.shell("iptables " + change + " INPUT -s " + gateway + " " + DIRECT_WAY);
    }
  }

  private List<LabHost> nodes() {
    return lab.hosts().subList(1, 3);
  }

  @AfterAll
  void close() {
    guarded.close();
  }

  @Test
  @Order(1)
  void everyImageComesFromThePrivateRegistry() {
    for (LabHost node : nodes()) {
      assertThat(node.lines("docker ps --format '{{.Names}} {{.Image}}' | grep -v ' sha256:'"))
          .filteredOn(line -> !line.startsWith("k8s_"))
          .isNotEmpty()
          .allMatch(line -> line.contains(" " + registry.url() + "/rancher/"));
      assertThat(node.lines("docker images --format '{{.Repository}}'"))
          .contains(registry.url() + "/rancher/mirrored-pause");
    }
  }

  @Test
  @Order(1)
  void thePasswordIsOnlyInTheFileOfTheKubelet() {
    String login = registry.user() + ":" + registry.password();
    String encoded = Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
    Secrets secrets = new Secrets(List.of(registry.password(), encoded));
    for (LabHost node : nodes()) {
      secrets.assertAbsent("docker inspect", node.shell("docker inspect $(docker ps -aq)"));
      secrets.assertAbsent("processes", node.shell("ps axww -o args"));
      assertThat(
              node.lines(
                  "grep -rlE '"
                      + registry.password()
                      + "|"
                      + encoded
                      + "' /etc /opt /var/lib/rancher"
                      + " /var/lib/kubelet/*.json || true"))
          .containsExactly("/var/lib/kubelet/config.json");
      assertThat(node.shell("stat -c %a /var/lib/kubelet/config.json").strip()).isEqualTo("600");
    }
    secrets.assertAbsent("events", guarded.recorder().text());
    secrets.assertAbsent("the plan", guarded.provisioner().planOffline(spec()).render());
    secrets.assertAbsent("ConfigMaps", kubectl.ask("get", "cm", "-A", "-o", "yaml"));
  }

  private ClusterSpec spec() {
    return guarded.read(clusterFile);
  }

  @Test
  @Order(1)
  void apiServerIsAsStrictAsWasAskedFor() {
    assertThat(lab.host(2).shell("docker inspect kube-apiserver"))
        .contains("PodSecurityPolicy", "EventRateLimit", "AlwaysPullImages")
        .contains("--authentication-token-webhook-cache-ttl=7s")
        .contains("--authentication-token-webhook-config-file=");
    assertThat(kubectl.ask("get", "psp", "-o", "name")).contains("default-psp");
    assertThat(lab.host(2).shell("docker exec etcd etcdctl get --prefix /registry/secrets/"))
        .contains("k8s:enc:secretbox:v1:own:");
  }

  @Test
  @Order(2)
  void podsRunAndResolveNames() {
    PodPair pods = new PodPair(kubectl, lab.hosts());
    pods.start(
        Example.text("pods.yml").replace("rke4j/lab-shell", registry.url() + "/rke4j/lab-shell"));
    pods.awaitName("kubernetes.default", "10.43.0.1");
    pods.assertAnswers("http://far/");
  }

  @Test
  @Order(3)
  void throughTheBastionNothingIsLeftToDo() {
    directWay("-I");
    try {
      guarded.assertUpToDate(clusterFile);
      assertThat(guarded.check(clusterFile).findings()).isEmpty();
      guarded.remove(clusterFile);
    } finally {
      directWay("-D");
    }
    guarded.recorder().assertWellFormed();
  }
}
