package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.StepFailedException;
import io.rke4j.api.error.RkeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on real hosts is named for what it is, with what was seen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsLabIT {

  private static final String ONE_HOST =
      """
      cluster_name: faults
      ssh_key_path: ${key}
      nodes:
      - {address: ${host1}, user: root, role: [controlplane, etcd, worker]}
      network: {plugin: none}
      dns: {provider: none}
      ingress: {provider: none}
      monitoring: {provider: none}
      """;

  private static final String TWO_HOSTS =
      ONE_HOST.replace("network:", "- {address: ${host2}, user: root, role: [worker]}\nnetwork:");

  private static final String LISTEN =
      """
      setsid perl -MIO::Socket::INET -e \
        '$s = IO::Socket::INET->new(LocalPort => %d, Listen => 1, ReuseAddr => 1) or die; sleep 600' \
        </dev/null >/run/listener.log 2>&1 &
      echo $! >/run/listener.pid
      """;

  private Lab lab;
  private LabCluster cluster;

  @BeforeAll
  void makeHosts() {
    lab = Lab.withFreshHosts(2);
  }

  @BeforeEach
  void begin() {
    cluster = LabCluster.on(lab);
  }

  @AfterEach
  void end() {
    // Some cases fail before any run begins.
    if (!cluster.recorder().events().isEmpty()) {
      cluster.recorder().assertWellFormed();
    }
    cluster.close();
  }

  @Test
  void unreachableHostIsNamedWithTheReason() {
    lab.host(2).shell("service ssh stop");
    try {
      StepFailedException failure = failure(TWO_HOSTS);
      assertThat(failure.failures().keySet())
          .allSatisfy(step -> assertThat(step.target()).isEqualTo(lab.host(2).address()));
      assertThat(causeOf(failure).code()).isEqualTo("node-unreachable");
      assertThat(failure)
          .hasMessageContaining(lab.host(2).address())
          .hasMessageContaining("refused");
    } finally {
      lab.host(2).shell("service ssh start");
    }
  }

  @Test
  void wrongKeyIsRejected(@TempDir Path folder) {
    Path key = folder.resolve("other");
    Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).output();
    StepFailedException failure = failure(ONE_HOST.replace("${key}", key.toString()));
    assertThat(causeOf(failure).code()).isEqualTo("login-rejected");
    assertThat(failure).hasMessageContaining("'root'").hasMessageContaining(key.toString());
  }

  @Test
  void unknownHostIsRefusedWithItsFingerprint(@TempDir Path folder) throws IOException {
    Path nobody = Files.createFile(folder.resolve("known_hosts"));
    try (LabCluster strangers = LabCluster.on(lab, new HostKeyPolicy.KnownHosts(nobody))) {
      RkeException cause = causeOf(failureOf(() -> strangers.plan(ONE_HOST)));
      assertThat(cause.code()).isEqualTo("host-key");
      String shown =
          String.valueOf(cause.getMessage()).replaceFirst("(?s).*(SHA256:[^,\\s]+).*", "$1");
      assertThat(lab.host(1).shell("for key in /etc/ssh/*.pub; do ssh-keygen -l -f $key; done"))
          .contains(shown);
    }
    assertThat(nobody).isEmptyFile();
  }

  @Test
  void forbiddenForwardingOfSocketsIsGotAround() {
    withSshdSetting(
        "AllowStreamLocalForwarding no",
        () -> assertThat(cluster.plan(ONE_HOST).isEmpty()).isFalse());
  }

  @Test
  void forbiddenForwardingOfPortsIsNamed() {
    withSshdSetting(
        "DisableForwarding yes",
        () -> {
          StepFailedException failure = failureOfApplying(ONE_HOST);
          assertThat(causeOf(failure).code()).isEqualTo("forwarding-forbidden");
          assertThat(failure).hasMessageContaining(lab.host(1).address());
        });
    cluster.remove(ONE_HOST);
  }

  @Test
  void stoppedDockerIsNamed() {
    lab.host(1).shell("service docker stop");
    try {
      StepFailedException failure = failure(ONE_HOST);
      assertThat(causeOf(failure).code()).isEqualTo("engine-access");
    } finally {
      lab.host(1).shell("service docker start; until docker version; do sleep 0.2; done");
    }
  }

  @Test
  void missingRightToUseDockerIsNamed() {
    StepFailedException failure = failure(ONE_HOST.replace("user: root", "user: guest"));
    assertThat(causeOf(failure).code()).isEqualTo("engine-access");
    assertThat(failure).hasMessageContaining("/var/run/docker.sock");
  }

  @Test
  void userWhoMayUseDockerIsEnough() {
    assertThat(cluster.plan(ONE_HOST.replace("user: root", "user: rancher")).isEmpty()).isFalse();
  }

  @Test
  void takenPortIsNamed() {
    lab.host(1).shell(LISTEN.formatted(6443));
    Eventually.within(
        Duration.ofSeconds(10),
        () -> assertThat(lab.host(1).shell("ss -ltn; cat /run/listener.log")).contains(":6443"));
    try {
      StepFailedException failure = failureOfApplying(ONE_HOST);
      assertThat(causeOf(failure).code()).isEqualTo("port-taken");
      assertThat(failure).hasMessageContaining("6443").hasMessageContaining(lab.host(1).address());
    } finally {
      lab.host(1).shell("kill $(cat /run/listener.pid) || true");
      cluster.remove(ONE_HOST);
    }
  }

  @Test
  void missingImageIsNamed() {
    String file = ONE_HOST + "system_images: {etcd: rancher/mirrored-coreos-etcd:v0.0.0}\n";
    StepFailedException failure = failureOfApplying(file);
    assertThat(causeOf(failure).code()).isEqualTo("image-unavailable");
    assertThat(failure).hasMessageContaining("rancher/mirrored-coreos-etcd:v0.0.0");
    cluster.remove(file);
  }

  @Test
  void componentsThatCannotStartFailSoonAndSayWhy() {
    String api = ONE_HOST + "services: {kube-api: {extra_args: {event-ttl: soon}}}\n";
    String kubelet = ONE_HOST + "services: {kubelet: {extra_args: {max-pods: many}}}\n";
    try {
      assertFailsSoon(api, "kube-apiserver", "event-ttl");
      assertFailsSoon(kubelet, "kubelet", "max-pods");
    } finally {
      cluster.remove(ONE_HOST);
    }
  }

  private void assertFailsSoon(String clusterFile, String container, String flag) {
    Instant start = Instant.now();
    StepFailedException failure = failureOfApplying(clusterFile);
    Duration took = Duration.between(start, Instant.now());
    // Steps that wait for the component fail, too.
    RkeException cause =
        failure.failures().values().stream()
            .map(FaultsLabIT::rkeException)
            .filter(each -> each.code().equals("container-failed"))
            .filter(each -> String.valueOf(each.getMessage()).startsWith(container + " on "))
            .findFirst()
            .orElseThrow(() -> failure);
    assertThat(String.join("\n", cause.evidence())).contains(flag);
    assertThat(took).isLessThan(Duration.ofSeconds(100));
  }

  private void withSshdSetting(String setting, Eventually.Assertion assertion) {
    lab.host(1)
        .shell(
            "cp /etc/ssh/sshd_config /run/sshd_config && sed -i '1i "
                + setting
                + "' /etc/ssh/sshd_config && service ssh restart");
    try {
      assertion.check();
    } finally {
      lab.host(1).shell("cp /run/sshd_config /etc/ssh/sshd_config && service ssh restart");
    }
  }

  private StepFailedException failure(String clusterFile) {
    return failureOf(() -> cluster.plan(clusterFile));
  }

  private StepFailedException failureOfApplying(String clusterFile) {
    return failureOf(() -> cluster.up(clusterFile));
  }

  private static StepFailedException failureOf(Runnable action) {
    try {
      action.run();
    } catch (StepFailedException e) {
      return e;
    }
    throw new AssertionError("no step failed");
  }

  private static RkeException causeOf(StepFailedException failure) {
    return rkeException(failure.failures().values().iterator().next());
  }

  private static RkeException rkeException(Throwable cause) {
    assertThat(cause).isInstanceOf(RkeException.class);
    return (RkeException) cause;
  }
}
