package io.rke4j.core;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.SideBySide;
import io.rke4j.core.host.HostPool;
import io.rke4j.core.phase.machine.Replacements;
import io.rke4j.core.pki.CertificateIssuer;
import io.rke4j.core.ssh.SshConnector;
import io.rke4j.core.ssh.SshPatience;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.spi.node.NodeInventory;
import io.rke4j.spi.state.StateStore;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Makes what plans and runs work with, as a provisioner was configured.
 *
 * @param settings what it was configured with
 * @param workers the threads
 * @param clock tells the time
 */
record Toolbox(Settings settings, ExecutorService workers, Clock clock) {

  NodeDriver driver() {
    return settings.plugins().driver();
  }

  SideBySide lookers() {
    return new SideBySide(workers, settings.limits().nodes());
  }

  /** Those who only ask hosts what they are: more at a time than work on them. */
  SideBySide checkers() {
    return new SideBySide(workers, settings.checkedNodes());
  }

  CertificateIssuer issuer() {
    return new CertificateIssuer(clock, workers, settings.plugins().internals().keys());
  }

  ClusterMemory memory(Resolved cluster) {
    return memory(settings.plugins().store(), cluster);
  }

  ClusterMemory memory(StateStore store, Resolved cluster) {
    return new ClusterMemory(store, cluster.spec().name(), clock);
  }

  SshConnector ssh(Resolved cluster, CancellationToken cancellation) {
    return new SshConnector(
        settings.hostKeys(),
        cluster.spec().access().bastions(),
        cancellation,
        address -> SshPatience.at(settings.plugins().internals().pace(), address));
  }

  Machinery machinery(Resolved cluster, SshConnector ssh, Replacements replacements) {
    return Machinery.of(driver(), cluster.spec().runtime().docker(), ssh::connect, replacements);
  }

  /** The cluster's API, and what is kept of the cluster in a management cluster. */
  Workplace.Api api(SshConnector ssh, ClusterSpec spec) {
    return new Workplace.Api(settings.plugins().deployers(), ssh.route(), settings.account(spec));
  }

  /** The cluster's API alone. */
  Workplace.Api offlineApi(SshConnector ssh) {
    return new Workplace.Api(settings.plugins().deployers(), ssh.route(), Optional.empty());
  }

  HostPool hosts(
      NodeInventory machines,
      Resolved cluster,
      Supplier<Optional<SSLContext>> tls,
      SshConnector ssh,
      HostPool.ConnectionListener listener) {
    return new HostPool(
        cluster.spec().nodes(),
        machines,
        ssh::connect,
        (machine, connection) ->
            settings.plugins().runtimes().open(machine, connection, cluster.spec().runtime()),
        tls,
        listener);
  }
}
