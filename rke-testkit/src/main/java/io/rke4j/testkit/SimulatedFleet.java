package io.rke4j.testkit;

import io.rke4j.api.Pace;
import io.rke4j.testkit.behaviour.ClusterBehaviours;
import io.rke4j.testkit.behaviour.Endings;
import io.rke4j.testkit.container.Behaviour;
import io.rke4j.testkit.container.Behaviours;
import io.rke4j.testkit.container.DockerHost;
import io.rke4j.testkit.container.Ids;
import io.rke4j.testkit.container.Registries;
import io.rke4j.testkit.host.AddressBlock;
import io.rke4j.testkit.host.EngineRelease;
import io.rke4j.testkit.host.FleetThreads;
import io.rke4j.testkit.host.FleetTime;
import io.rke4j.testkit.host.HostFacts;
import io.rke4j.testkit.host.Machine;
import io.rke4j.testkit.host.Ports;
import io.rke4j.testkit.kube.SimulatedCluster;
import io.rke4j.testkit.kube.api.Faults;
import io.rke4j.testkit.ssh.FleetSshd;
import io.rke4j.testkit.ssh.SshHost;
import io.rke4j.testkit.ssh.SshKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Hosts that exist in this process only: each has a loopback address of its own, a real SSH server
 * there, and behind it the API of a Docker Engine whose containers behave like those of a cluster.
 * Whole provisionings can be tried with them, without Docker, without root, and without a network.
 * Nothing is ever run on this machine. Thread-safe; close it when done.
 *
 * <p>Only Linux routes all of {@code 127.0.0.0/8} to loopback, so only there it works.
 */
public final class SimulatedFleet implements AutoCloseable {

  private final AddressBlock addresses;
  private final FleetThreads threads = new FleetThreads("simulated-fleet");
  private final Ports ports;
  private final FleetSshd servers;
  private final Registries registries = new Registries();
  private final Faults apiFaults = new Faults();
  private final Endings endings = new Endings();
  private final List<SimulatedCluster> clusters = new CopyOnWriteArrayList<>();
  private final ClusterBehaviours cluster = new ClusterBehaviours(this::newCluster);
  private final List<SimulatedHost> hosts = new ArrayList<>();

  private SimulatedFleet(Builder builder) throws IOException {
    addresses = AddressBlock.claim();
    ports = new Ports(threads);
    servers = new FleetSshd(threads, builder.roundTrip);
    apiFaults.delayAll(builder.roundTrip);
    Behaviours behaviours = cluster.behaviours();
    builder.behaviours.forEach(behaviours::named);
    behaviours.add(endings::await, endings);
    KeyPair userKey = SshKeys.generate();
    for (int index = 0; index < builder.count; index++) {
      hosts.add(host(index, builder, userKey, behaviours));
    }
  }

  private SimulatedHost host(int index, Builder builder, KeyPair userKey, Behaviours behaviours)
      throws IOException {
    String name = builder.prefix + (index + 1);
    String machineId = Ids.of(addresses.host(index).getHostAddress()).substring(0, 32);
    HostFacts facts = HostFacts.usual(name, machineId).withEngine(builder.engine);
    Machine machine = new Machine(facts, addresses.host(index), ports, threads);
    KeyPair hostKey = SshKeys.generate();
    SimulatedHost host =
        new SimulatedHost(
            new SshHost(machine, builder.user, userKey.getPublic(), hostKey),
            new DockerHost(machine, registries, behaviours),
            userKey,
            servers);
    host.start(builder.sshPort);
    return host;
  }

  /**
   * As many hosts, all alike, ready to be connected.
   *
   * @throws UncheckedIOException if this machine has no loopback addresses for them
   */
  public static SimulatedFleet of(int count) {
    return builder().hosts(count).start();
  }

  /** Hosts that are to be told more of. */
  public static Builder builder() {
    return new Builder();
  }

  /** All hosts. */
  public List<SimulatedHost> hosts() {
    return List.copyOf(hosts);
  }

  /** A host, counted from 0. */
  public SimulatedHost host(int index) {
    return hosts.get(index);
  }

  /** The fingerprints of all host keys, by {@code [address]:port}. */
  public Map<String, String> fingerprints() {
    Map<String, String> fingerprints = new LinkedHashMap<>();
    hosts.forEach(
        host -> {
          String place = "[" + host.address() + "]:" + host.port();
          fingerprints.put(host.port() == 22 ? host.address() : place, host.hostKeyFingerprint());
        });
    return fingerprints;
  }

  private ServedCluster newCluster(String version) {
    SimulatedCluster made = SimulatedCluster.of(version);
    clusters.add(made);
    return new ServedCluster(made, apiFaults);
  }

  /**
   * The clusters that were ever built on the hosts, each since its first API server was started;
   * also those that were removed since. The last one is the newest.
   */
  public List<SimulatedCluster> clusters() {
    return List.copyOf(clusters);
  }

  /** The registries that all hosts pull from. */
  public Registries registries() {
    return registries;
  }

  /** Which requests to the Kubernetes API go wrong, whichever host serves it. */
  public Faults apiFaults() {
    return apiFaults;
  }

  /**
   * The pace of a provisioner that works on these hosts, for {@code
   * ClusterProvisioner.builder().pace(fleet.pace())}; {@code @SimulatedCluster} does so by itself.
   * A host that has fallen silent is given up within half a second, what failed is tried again
   * after 20 milliseconds instead of 500, and what shall stop is interrupted after 200. All else
   * has the time that it usually has, so that tests do not fail on machines that are slow.
   */
  public Pace pace() {
    return new FleetPace(
        hosts.stream().collect(Collectors.toMap(SimulatedHost::address, host -> host)));
  }

  /** The time on the hosts: a test can let some pass at once. */
  public FleetTime time() {
    return threads.time();
  }

  /** Which containers end when they should run. */
  public Endings endings() {
    return endings;
  }

  /** Ends everything. */
  @Override
  public void close() {
    hosts.forEach(SimulatedHost::stopDocker);
    cluster.close();
    try {
      servers.close();
      addresses.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ports.close();
      threads.close();
    }
  }

  /** Says what the hosts of a fleet are like. For one thread. */
  public static final class Builder {

    private int count = 1;
    private String prefix = "host-";
    private String user = "rke";
    private int sshPort;
    private Duration roundTrip = Duration.ZERO;
    private EngineRelease engine = EngineRelease.USUAL;
    private final Map<String, Behaviour> behaviours = new LinkedHashMap<>();

    private Builder() {}

    /** How many; 1 if not called. */
    public Builder hosts(int number) {
      count = number;
      return this;
    }

    /** What their names begin with; {@code host-} if not called. A number follows, from 1. */
    public Builder named(String begin) {
      prefix = begin;
      return this;
    }

    /** The account that may log in; {@code rke} if not called. */
    public Builder user(String account) {
      user = account;
      return this;
    }

    /** The port of all SSH servers; any that is free if not called. */
    public Builder sshPort(int port) {
      sshPort = port;
      return this;
    }

    /**
     * How long a round trip to a host takes: whatever is sent over SSH arrives so much later, and
     * the Kubernetes API answers so much later. As long as loopback needs if not called.
     */
    public Builder roundTrip(Duration time) {
      roundTrip = time;
      return this;
    }

    /**
     * The release of Docker Engine, {@code 20.10.24} if not called. What clients can see of it
     * follows: the versions of its API, fields that came and went, the words of refusals.
     *
     * @throws IllegalArgumentException if it does not begin with two numbers
     */
    public Builder engine(String version) {
      engine = EngineRelease.of(version);
      return this;
    }

    /** What containers with a name do, in place of what they would do. */
    public Builder behaviour(String container, Behaviour behaviour) {
      behaviours.put(container, behaviour);
      return this;
    }

    /**
     * The hosts, ready to be connected.
     *
     * @throws UncheckedIOException if this machine has no loopback addresses for them
     */
    public SimulatedFleet start() {
      try {
        return new SimulatedFleet(this);
      } catch (IOException e) {
        throw new UncheckedIOException("the simulated hosts cannot be started", e);
      }
    }
  }
}
