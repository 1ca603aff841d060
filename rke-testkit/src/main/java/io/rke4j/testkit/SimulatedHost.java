package io.rke4j.testkit;

import io.rke4j.api.cluster.NodeBuilder;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.testkit.container.DockerHost;
import io.rke4j.testkit.engine.DockerApi;
import io.rke4j.testkit.engine.EngineFaults;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.FileTree;
import io.rke4j.testkit.host.OpenPort;
import io.rke4j.testkit.ssh.FleetSshd;
import io.rke4j.testkit.ssh.SshHost;
import io.rke4j.testkit.ssh.SshKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One host of a {@link SimulatedFleet}: reached by SSH at an address of its own, with a Docker
 * Engine behind {@code /var/run/docker.sock}. Thread-safe.
 */
public final class SimulatedHost {

  private static final String SOCKET = "/var/run/docker.sock";
  private static final int DOCKER_GROUP = 998;

  private final SshHost ssh;
  private final DockerHost docker;
  private final KeyPair userKey;
  private final FleetSshd servers;
  private final DockerApi api;
  private final EngineFaults engineFaults = new EngineFaults();
  private int port;
  private boolean answers;
  private volatile boolean silent;
  private @Nullable OpenPort socket;

  SimulatedHost(SshHost ssh, DockerHost docker, KeyPair userKey, FleetSshd servers) {
    this.ssh = ssh;
    this.docker = docker;
    this.userKey = userKey;
    this.servers = servers;
    this.api = new DockerApi(docker, engineFaults);
  }

  /** Its own name. */
  public String name() {
    return docker.machine().facts().hostname();
  }

  /** Its address, one of {@code 127.0.0.0/8}; no other host has it. */
  public String address() {
    return docker.machine().ip();
  }

  /** The port of its SSH server. */
  public synchronized int port() {
    return port;
  }

  /** The account that may log in. */
  public String user() {
    return ssh.user();
  }

  /**
   * The key that the fleet's account may log in with, as {@code ssh-keygen} writes it, without a
   * passphrase.
   */
  public String privateKey() {
    return SshKeys.pem(userKey);
  }

  /**
   * How a cluster's specification names this host: address, port, account and key. To be used as
   * {@code ClusterSpec.named("test").node(host.name(), host.withRoles(Role.WORKER))}.
   */
  public Consumer<NodeBuilder> withRoles(Role... roles) {
    return node ->
        node.address(address())
            .port(port())
            .user(user())
            .sshKey(Secret.of(privateKey()))
            .roles(roles);
  }

  /** The fingerprint of its host key, in OpenSSH's form {@code SHA256:…}. */
  public String hostKeyFingerprint() {
    return SshKeys.fingerprint(ssh.hostKey().getPublic());
  }

  /** Its host key as a line of a {@code known_hosts} file. */
  public String knownHostsLine() {
    String place = port() == 22 ? address() : "[" + address() + "]:" + port();
    return place + " " + SshKeys.line(ssh.hostKey().getPublic());
  }

  /** Its files. */
  public FileTree files() {
    return docker.machine().files();
  }

  /** Its Docker Engine, to look into, or to do something to behind everybody's back. */
  public DockerHost docker() {
    return docker;
  }

  /** Which requests to its Docker Engine go wrong. */
  public EngineFaults engineFaults() {
    return engineFaults;
  }

  /** What its SSH server allows. */
  public SshHost ssh() {
    return ssh;
  }

  /** Has it answer, as after switching it on. */
  synchronized void start(int wantedPort) throws IOException {
    port = servers.listen(ssh, wantedPort);
    answers = true;
    startDocker();
  }

  /** Cuts all its SSH connections and takes no new ones; everything on it goes on. */
  public synchronized void disconnect() {
    if (answers) {
      answers = false;
      servers.hangUp(ssh, port);
    }
  }

  /** Cuts all its SSH connections; new ones are taken at once. */
  public synchronized void dropConnections() {
    servers.drop(ssh);
  }

  /**
   * Loses its network without a word. What is sent over its SSH connections arrives nowhere, and
   * nothing comes back, not even that they are over: they are half-open. Connections that are made
   * from now on are not answered either. Everything on it goes on, and its other ports answer.
   */
  public void fallSilent() {
    servers.fallSilent(ssh);
    silent = true;
  }

  /** Falls silent, and speaks again after a while. */
  public void fallSilent(Duration time) {
    fallSilent();
    docker.machine().threads().later(time, this::speakAgain);
  }

  /**
   * Answers new SSH connections again. Of those before it knows nothing: they end when the other
   * side sends something, as after a reset.
   */
  public void speakAgain() {
    silent = false;
    servers.speakAgain(ssh);
  }

  boolean isSilent() {
    return silent;
  }

  /** Cuts it off, and takes SSH connections again after a while. */
  public void disconnect(Duration time) {
    disconnect();
    docker.machine().threads().later(time, this::reconnect);
  }

  /**
   * Goes down with all its containers, and comes up again after a while, with those that are to run
   * whenever the engine does.
   */
  public void reboot(Duration time) {
    disconnect();
    stopDocker();
    docker.machine().threads().later(time, this::switchOn);
  }

  /** Brings it up with its engine, if it is down. */
  public void switchOn() {
    startDocker();
    reconnect();
  }

  /**
   * Lets its clock be wrong from now on: what it says of the time, and when its containers began.
   *
   * @param ahead of the others; negative for one that is behind
   */
  public void skewClock(Duration ahead) {
    docker.machine().skewClock(ahead);
  }

  /**
   * Lets its disk be full until it is freed. Its engine still answers and removes, but can keep
   * nothing new: pulling, creating, starting and renaming containers, and putting files into them
   * fail with {@code no space left on device}, each in the words of the real engine. What runs goes
   * on; programs in containers write as if there were room.
   */
  public void fillDisk() {
    docker.machine().diskFull(true);
  }

  /** Gives its disk room again. */
  public void freeDisk() {
    docker.machine().diskFull(false);
  }

  /** Takes SSH connections again, at the same port. */
  public synchronized void reconnect() {
    if (!answers) {
      try {
        servers.listen(ssh, port);
        answers = true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Ends its Docker Engine with all containers. The socket's file stays, as on a real host. */
  public synchronized void stopDocker() {
    OpenPort open = socket;
    if (open != null) {
      open.close();
      socket = null;
      docker.halt();
    }
  }

  /** Starts its Docker Engine, and with it the containers that are to run whenever it does. */
  public synchronized void startDocker() {
    if (socket == null) {
      FileEntry file = FileEntry.socket(0660).ownedBy(0, DOCKER_GROUP);
      socket = docker.machine().listen(SOCKET, file, api);
      docker.resume();
    }
  }

  @Override
  public String toString() {
    return name() + " (" + user() + "@" + address() + ":" + port() + ")";
  }
}
