package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.StepFailedException;
import io.rke4j.api.check.Finding;
import io.rke4j.api.error.RkeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an sshd is set to, hosts are reached, or the line to change is named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshLabIT {

  private static final String HOST =
      """
      cluster_name: reached
      ssh_key_path: ${key}
      nodes:
      - {address: ${host2}, user: root, role: [controlplane, etcd, worker]}
      network: {plugin: none}
      """;

  private static final String BEHIND_BASTION =
      HOST + "bastion_host: {address: ${host1}, user: rancher}\n";

  private static final List<Integer> OTHER_PORTS = List.of(2200, 2222);

  private Lab lab;
  private LabCluster cluster;

  @BeforeAll
  void makeHosts() throws IOException {
    lab = Lab.withFreshHosts(2);
    cluster = LabCluster.on(lab, new HostKeyPolicy.KnownHosts(knownOnOtherPorts()));
    lab.hosts().forEach(host -> host.shell("cp /etc/ssh/sshd_config /run/sshd_config"));
  }

  private Path knownOnOtherPorts() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(lab.knownHosts()));
    for (String line : List.copyOf(lines)) {
      String[] parts = line.split(" ", 2);
      OTHER_PORTS.forEach(port -> lines.add("[" + parts[0] + "]:" + port + " " + parts[1]));
    }
    return Files.write(lab.knownHosts(), lines);
  }

  @AfterEach
  void restore() {
    lab.hosts()
        .forEach(
            host -> host.shell("cp /run/sshd_config /etc/ssh/sshd_config && service ssh restart"));
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  /** Puts lines before all others of a host's settings: sshd goes by the first. */
  private void set(int host, String lines) {
    lab.host(host)
        .shell(
            "{ printf '%b\\n' '"
                + lines.replace("\n", "\\n")
                + "'; cat /run/sshd_config; } >/etc/ssh/sshd_config && service ssh restart");
  }

  private void assertReached(String clusterFile) {
    assertThat(cluster.plan(clusterFile).isEmpty()).isFalse();
    assertThat(cluster.check(clusterFile).hosts()).isEqualTo(1);
  }

  private Finding refusal(String clusterFile) {
    List<Finding> found = cluster.check(clusterFile).findings();
    assertThat(found).extracting(Finding::check).containsExactly("connection");
    return found.get(0);
  }

  private static RkeException refusalOf(Runnable look) {
    try {
      look.run();
    } catch (StepFailedException e) {
      return (RkeException) e.failures().values().iterator().next();
    }
    throw new AssertionError("the host was reached");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MaxSessions 1",
        "MaxStartups 2:100:2",
        "AllowStreamLocalForwarding no",
        "PermitTTY no",
        "AllowAgentForwarding no\nX11Forwarding no",
        "LoginGraceTime 5",
        "KexAlgorithms curve25519-sha256",
        "Ciphers aes256-gcm@openssh.com",
        "HostKeyAlgorithms ecdsa-sha2-nistp256",
        "Banner /etc/issue",
        "PasswordAuthentication no\nKbdInteractiveAuthentication no"
      })
  void hostWithSettingsIsReached(String settings) {
    set(2, settings);
    assertReached(HOST);
  }

  @Test
  void unusualPortIsUsed() {
    set(2, "Port 2222");
    assertReached(HOST.replace("user: root", "user: root, port: 2222"));
  }

  @Test
  void sessionsThatAreForbiddenAreNamed() {
    set(2, "MaxSessions 0");
    assertThat(refusal(HOST).remedy()).contains("MaxSessions 10");
  }

  /** It depends on whether requests to the engine, which need sessions here, come one by one. */
  @Test
  void oneSessionForEverythingIsEnoughOrNamed() {
    set(2, "MaxSessions 1\nAllowStreamLocalForwarding no");
    assertThat(cluster.check(HOST).findings())
        .allSatisfy(finding -> assertThat(finding.remedy()).contains("MaxSessions 10"));
  }

  @Test
  void portsThatAreForbiddenAreNamedWithTheLine() {
    set(2, "AllowTcpForwarding no");
    RkeException refusal = refusalOf(() -> cluster.plan(HOST));
    assertThat(refusal.code()).isEqualTo("forwarding-forbidden");
    assertThat(refusal.hint()).contains("AllowTcpForwarding yes").doesNotContain("StreamLocal");
  }

  @Test
  void socketsThatAreForbiddenInEveryWayAreNamedWithTheLine() {
    lab.host(2).shell("mv /usr/bin/docker /usr/bin/docker-kept");
    try {
      set(2, "AllowStreamLocalForwarding no");
      assertThat(refusal(HOST).remedy()).contains("AllowStreamLocalForwarding yes");
    } finally {
      lab.host(2).shell("mv /usr/bin/docker-kept /usr/bin/docker");
    }
  }

  @Test
  void rootThatMayNotLogInIsNamed() {
    set(2, "PermitRootLogin no");
    assertThat(refusal(HOST).remedy()).contains("PermitRootLogin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MaxSessions 1",
        "MaxSessions 0",
        "AllowStreamLocalForwarding no",
        "PermitTTY no\nAllowAgentForwarding no",
        "MaxStartups 2:100:2"
      })
  void hostBehindBastionWithSettingsIsReached(String settings) {
    set(1, settings);
    assertReached(BEHIND_BASTION);
  }

  @Test
  void bastionOnAnUnusualPortIsUsed() {
    set(1, "Port 2200\nMaxSessions 1");
    set(2, "Port 2222\nMaxSessions 4\nAllowStreamLocalForwarding no");
    assertReached(
        BEHIND_BASTION
            .replace("user: rancher", "user: rancher, port: 2200")
            .replace("user: root", "user: root, port: 2222"));
  }

  @Test
  void bastionThatMayNotForwardIsNamedWithTheLine() {
    set(1, "AllowTcpForwarding no");
    Finding refusal = refusal(BEHIND_BASTION);
    assertThat(refusal.evidence().get(0)).contains("bastion host " + lab.host(1).address());
    assertThat(refusal.remedy()).contains("AllowTcpForwarding yes");
  }

  @Test
  void certificateAloneIsEnough(@TempDir Path folder) throws IOException {
    Path authority = key(folder, "authority");
    Path own = key(folder, "own");
    Command.of("ssh-keygen", "-q", "-s", authority.toString(), "-I", "lab", "-n", "root")
        .and("-V", "-1m:+10m", own + ".pub")
        .output();
    trust(Files.readString(Path.of(authority + ".pub")).strip());
    String file = HOST.replace("${key}", own.toString()) + "ssh_cert_path: " + own + "-cert.pub\n";
    assertReached(file);
    assertThat(refusal(HOST).evidence().get(0)).contains("does not accept user 'root'");
  }

  /** Only certificates of this authority may log in. */
  private void trust(String authority) {
    lab.host(2).shell("echo '" + authority + "' >/etc/ssh/authority.pub");
    set(2, "TrustedUserCAKeys /etc/ssh/authority.pub\nAuthorizedKeysFile none");
  }

  private static Path key(Path folder, String name) {
    Path key = folder.resolve(name);
    Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).output();
    return key;
  }

  @Test
  void agentAloneIsEnough(@TempDir Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    String socket = folder.resolve("agent").toString();
    Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket).start();
    try {
      Eventually.within(Duration.ofSeconds(10), () -> assertThat(Path.of(socket)).exists());
      Command.of("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", lab.key().toString()).output();
      Path file = cluster.write(HOST.replace("ssh_key_path: ${key}", "ssh_agent_auth: true"));
      assertThat(plan(file, "SSH_AUTH_SOCK=" + socket)).contains("kube-apiserver");
    } finally {
      agent.destroy();
    }
  }

  private static String plan(Path file, String variable) {
    String[] words =
        CommandLine.words("plan", file.toString(), "--accept-new-host-keys").toArray(String[]::new);
    return Command.of("env", variable).and(words).output();
  }
}
