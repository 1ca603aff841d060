package io.rke4j.examples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rke4j.api.cluster.DockerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real host without Docker Engine, made of the lab's image and removed when closed. Packages come
 * from the mirror that the image is configured with.
 *
 * @param host its container
 * @param key the private key that opens it, for root
 * @param knownHosts its host key
 * @param registry where images come from
 */
record BareHost(LabHost host, Path key, Path knownHosts, String registry) implements AutoCloseable {

  private static final String NAME = "rke4j-bare-1";

  /** As Debian's package of Docker would have it, but where root may not raise limits. */
  private static final String IMAGE =
      """
      FROM rke4j-lab/node
      RUN apt-get update && apt-get install --yes --no-install-recommends sudo \\
       && apt-get purge --yes docker.io containerd runc \\
       && rm -rf /etc/docker /etc/init.d/docker /etc/default/docker \\
       && sed -i -e '/^configure_docker$/d' -e '/^service docker start$/d' /usr/local/sbin/lab-host \\
       && echo 'ulimit() { :; }' >/etc/default/docker \\
       && echo 'none /nowhere cgroup noauto 0 0' >>/etc/fstab
      """;

  /** Runs, and is opened by a key that is in the folder. */
  static BareHost start(Path folder) throws IOException {
    Path key = newKey(folder.resolve("id"));
    Path hostKey = newKey(folder.resolve("ssh_host_ed25519_key"));
    create(folder, "tini", "--", "/usr/local/sbin/lab-host");
    Path admitted = Files.createDirectories(folder.resolve(".ssh"));
    Files.copy(Path.of(key + ".pub"), admitted.resolve("authorized_keys"));
    Command.of("docker", "cp", admitted.toString(), NAME + ":/root/").output();
    Command.of("docker", "cp", hostKey.toString(), NAME + ":/etc/ssh/").output();
    LabHost host = turnOn();
    Path knownHosts = folder.resolve("known-hosts");
    Files.writeString(
        knownHosts, host.address() + " " + Files.readString(Path.of(hostKey + ".pub")));
    awaitSsh();
    return new BareHost(host, key, knownHosts, registryAddress());
  }

  /** Has its address, but nothing runs on it before {@link #boot}. */
  static BareHost switchedOff(Path folder) throws IOException {
    create(
        folder,
        "sh",
        "-c",
        "until [ -e /boot-now ]; do sleep 0.1; done; exec tini -- /usr/local/sbin/lab-host");
    return new BareHost(turnOn(), Path.of(""), Path.of(""), registryAddress());
  }

  /** What the hosts of the lab have for settings. */
  void asInTheLab(DockerBuilder docker) {
    docker
        .onExistingHosts()
        .option("registry-mirrors", List.of("http://" + registry))
        .option("insecure-registries", List.of(registry))
        .option("default-runtime", "lab-runc")
        .option("runtimes", Map.of("lab-runc", Map.of("path", "/usr/local/sbin/lab-runc")));
  }

  /** Starts it with an account, what that may do as root, who may log in, and its host key. */
  void boot(String user, String sudo, String authorizedKey, String hostKey) {
    host.shell(
        """
        set -e
        useradd --create-home --shell /bin/bash %1$s
        echo '%1$s %2$s' >/etc/sudoers.d/seed
        install -d -m 700 -o %1$s /home/%1$s/.ssh
        echo '%3$s' >/home/%1$s/.ssh/authorized_keys
        chown %1$s /home/%1$s/.ssh/authorized_keys
        install -D /dev/null /root/.ssh/authorized_keys
        umask 077
        echo '%4$s' >/etc/ssh/ssh_host_ecdsa_key
        touch /boot-now
        """
            .formatted(user, sudo, authorizedKey, hostKey.strip()));
    awaitSsh();
  }

  private static void create(Path folder, String... program) throws IOException {
    Path recipe = Files.createDirectories(folder.resolve("image"));
    Files.writeString(recipe.resolve("Dockerfile"), IMAGE, UTF_8);
    Command.of("docker", "build", "--network", "host", "--tag", "rke4j-bare", recipe.toString())
        .output();
    Command.of("docker", "rm", "--force", "--volumes", NAME).run();
    Command.of("docker", "create", "--name", NAME, "--hostname", NAME, "--network", "bridge")
        .and("--privileged", "--cgroupns", "private", "--tmpfs", "/run:exec,mode=755")
        .and("--env", "LAB_REGISTRY=", "--env", "LAB_NAMESERVERS=" + nameServers())
        .and("--entrypoint", "env", "rke4j-bare")
        .and(program)
        .output();
  }

  private static LabHost turnOn() {
    Command.of("docker", "start", NAME).output();
    String format = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
    return new LabHost(
        NAME, Command.of("docker", "inspect", "--format", format, NAME).output().strip());
  }

  private static void awaitSsh() {
    Eventually.within(
        Duration.ofSeconds(30),
        () -> Command.of("docker", "exec", NAME, "service", "ssh", "status").output());
  }

  private static String registryAddress() {
    String format = "{{.NetworkSettings.Networks.bridge.IPAddress}}:5000";
    return Command.of("docker", "inspect", "--format", format, "rke4j-lab-registry")
        .output()
        .strip();
  }

  private static String nameServers() throws IOException {
    return String.join(
        " ",
        Files.readAllLines(Path.of("/etc/resolv.conf")).stream()
            .filter(line -> line.startsWith("nameserver "))
            .map(line -> line.substring("nameserver ".length()).strip())
            .toList());
  }

  private static Path newKey(Path file) {
    Command.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()).output();
    return file;
  }

  @Override
  public void close() {
    Command.of("docker", "rm", "--force", "--volumes", NAME).run();
  }
}
