package io.rke4j.core.ssh;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.testkit.PatientContext;
import java.nio.file.Path;
import java.util.List;

/** A real host with sshd and Docker, given by RKE4J_LAB_HOSTS and RKE4J_LAB_KEY. */
public record LabHost(String address, Path key) {

  /** Where Docker Engine listens on it. */
  public static final String SOCKET = "/var/run/docker.sock";

  /** The first host of the lab; skips the test where there is none. */
  public static LabHost first() {
    String hosts = setting("RKE4J_LAB_HOSTS");
    String key = setting("RKE4J_LAB_KEY");
    assumeThat(hosts)
        .as("RKE4J_LAB_HOSTS (name=address,…) and RKE4J_LAB_KEY name a real host")
        .isNotEmpty();
    String address = hosts.split(",", -1)[0].replaceFirst("^[^=]*=", "");
    return new LabHost(address, Path.of(key));
  }

  private static String setting(String name) {
    String value = System.getProperty(name, System.getenv(name));
    return value == null ? "" : value;
  }

  /** The host as root. */
  public Machine machine() {
    return machine("root", 22);
  }

  /** The host as somebody, by the sshd on some port. */
  public Machine machine(String user, int port) {
    return new Machine(
        NodeName.of("lab"),
        address,
        address,
        new SshAccess(user, port, new SshKey.FromFile(key)),
        SOCKET);
  }

  /** A connection as root that trusts on first use. */
  public NodeConnection connect(Path knownHosts) {
    return connect(knownHosts, machine());
  }

  /** A connection that trusts on first use. */
  public NodeConnection connect(Path knownHosts, Machine machine) {
    return new SshConnector(
            new HostKeyPolicy.TrustOnFirstUse(knownHosts), List.of(), new PatientContext())
        .connect(machine);
  }
}
