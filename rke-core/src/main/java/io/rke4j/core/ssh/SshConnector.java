package io.rke4j.core.ssh;

import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.Bastion;
import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.NodeUnreachableException;
import io.rke4j.spi.node.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;

/**
 * Connects hosts by SSH, directly or through bastion hosts, each verified by the host key policy.
 * Thread-safe. Closing it closes the ways through bastion hosts, and so what goes through them.
 */
public final class SshConnector implements AutoCloseable {

  private final HostKeyPolicy policy;
  private final Config config;
  private final CancellationToken cancellation;
  private final Function<String, SshPatience> patience;
  private final List<Gateway> gateways = new ArrayList<>();
  private Login.Way way = Login.DIRECT;

  /**
   * Takes hosts for what they claim to be by the given policy only.
   *
   * @param bastions the hosts on the way to all others, the first one first
   * @param cancellation ends connecting
   */
  public SshConnector(
      HostKeyPolicy policy, List<Bastion> bastions, CancellationToken cancellation) {
    this(policy, bastions, cancellation, address -> SshPatience.USUAL);
  }

  /**
   * As {@link #SshConnector(HostKeyPolicy, List, CancellationToken)}, with another patience.
   *
   * @param patience with each address; asked again while somebody waits
   */
  public SshConnector(
      HostKeyPolicy policy,
      List<Bastion> bastions,
      CancellationToken cancellation,
      Function<String, SshPatience> patience) {
    this.patience = patience;
    this.policy = policy;
    this.config = newConfig();
    this.cancellation = cancellation;
    for (Bastion bastion : bastions) {
      Login login = new Login(bastion.address(), bastion.ssh(), way.toBastion());
      Gateway gateway = new Gateway(login, dialer());
      gateways.add(gateway);
      way = way.through(login);
    }
  }

  /**
   * Loads what connections are made with. For the first one in a JVM that takes half a second,
   * which nobody has to wait for while specifications are read.
   */
  public static void prepare() {
    newConfig();
  }

  private static Config newConfig() {
    Config config = new DefaultConfig();
    config.setKeepAliveProvider(StillThere.PROVIDER);
    return config;
  }

  private Dialer dialer() {
    return new Dialer(
        policy, config, gateways.isEmpty() ? Optional.empty() : Optional.of(last()), patience);
  }

  private Gateway last() {
    return gateways.get(gateways.size() - 1);
  }

  /**
   * Opens a connection to a machine and logs in. The caller closes it.
   *
   * @throws NodeUnreachableException if nothing answers; trying again may help
   * @throws io.rke4j.spi.node.HostKeyException if nobody vouches for the host or a bastion host
   * @throws io.rke4j.spi.node.LoginRejectedException if the key cannot be used or is not accepted
   * @throws io.rke4j.spi.node.ForwardingForbiddenException if a bastion host lets nobody through
   */
  public NodeConnection connect(Machine machine) {
    Login login = new Login(machine.address(), machine.ssh(), way, machine.hostKeys());
    Dialer dialer = dialer();
    SSHClient client = dialer.connect(login, cancellation);
    SshPatience usual = patience.apply(login.host());
    return new SshNodeConnection(
        login,
        client,
        dialer.limit(login, client),
        new RemoteCommands(login.host(), client, usual.look(), usual.work()));
  }

  /** The way through the bastion hosts to ports behind them; empty if there are none. */
  public Optional<Route> route() {
    if (gateways.isEmpty()) {
      return Optional.empty();
    }
    Gateway gateway = last();
    return Optional.of((address, port) -> gateway.openPort(address, port, cancellation));
  }

  @Override
  public void close() {
    for (int index = gateways.size() - 1; index >= 0; index--) {
      gateways.get(index).close();
    }
  }
}
