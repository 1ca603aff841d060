package io.rke4j.examples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

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
      RUN apt-get purge --yes docker.io containerd runc \\
       && rm -rf /etc/docker /etc/init.d/docker /etc/default/docker \\
       && sed -i -e '/^configure_docker$/d' -e '/^service docker start$/d' /usr/local/sbin/lab-host \\
       && echo 'ulimit() { :; }' >/etc/default/docker \\
       && echo 'none /nowhere cgroup noauto 0 0' >>/etc/fstab
      """;

  static BareHost start(Path folder) throws IOException {
    Path recipe = Files.createDirectories(folder.resolve("image"));
    Files.writeString(recipe.resolve("Dockerfile"), IMAGE, UTF_8);
    Command.of("docker", "build", "--tag", "rke4j-bare", recipe.toString()).output();
    Path key = newKey(folder.resolve("id"));
    Path hostKey = newKey(folder.resolve("ssh_host_ed25519_key"));
    Command.of("docker", "rm", "--force", "--volumes", NAME).run();
    Command.of("docker", "create", "--name", NAME, "--hostname", NAME, "--network", "bridge")
        .and("--privileged", "--cgroupns", "private", "--tmpfs", "/run:exec,mode=755")
        .and("--env", "LAB_REGISTRY=", "--env", "LAB_NAMESERVERS=" + nameServers())
        .and("rke4j-bare")
        .output();
    Path admitted = Files.createDirectories(folder.resolve(".ssh"));
    Files.copy(Path.of(key + ".pub"), admitted.resolve("authorized_keys"));
    Command.of("docker", "cp", admitted.toString(), NAME + ":/root/").output();
    Command.of("docker", "cp", hostKey.toString(), NAME + ":/etc/ssh/").output();
    Command.of("docker", "start", NAME).output();
    String format = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
    String address = Command.of("docker", "inspect", "--format", format, NAME).output().strip();
    Path knownHosts = folder.resolve("known-hosts");
    Files.writeString(knownHosts, address + " " + Files.readString(Path.of(hostKey + ".pub")));
    Eventually.within(
        Duration.ofSeconds(30),
        () -> Command.of("docker", "exec", NAME, "service", "ssh", "status").output());
    return new BareHost(new LabHost(NAME, address), key, knownHosts, registryAddress());
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
