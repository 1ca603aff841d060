package io.rke4j.core.simulated;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.RuntimeSpec;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SshAccess;
import io.rke4j.api.cluster.SshKey;
import io.rke4j.core.builtin.docker.DockerRuntimeProvider;
import io.rke4j.core.ssh.SshConnector;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.testkit.PatientContext;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.util.List;
import java.util.Map;

/** Connections to simulated hosts, made by the code of production. */
final class Connected {

  static final String SOCKET = "/var/run/docker.sock";

  private Connected() {}

  static Machine machine(SimulatedHost host) {
    return new Machine(
        NodeName.of(host.name()),
        host.address(),
        host.address(),
        new SshAccess(host.user(), host.port(), new SshKey.Inline(Secret.of(host.privateKey()))),
        SOCKET);
  }

  static SshConnector connector(SimulatedFleet fleet) {
    return new SshConnector(
        new HostKeyPolicy.Pinned(fleet.fingerprints()), List.of(), new PatientContext());
  }

  static NodeConnection to(SimulatedFleet fleet, SimulatedHost host) {
    return connector(fleet).connect(machine(host));
  }

  static ContainerRuntime runtime(SimulatedHost host, NodeConnection connection) {
    return new DockerRuntimeProvider()
        .open(machine(host), connection, new RuntimeSpec(Map.of(), false));
  }
}
