package io.rke4j.testkit.host;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback addresses for the hosts of one fleet. A fleet has one network {@code 127.x.0.0/16} to
 * itself, so that fleets of several programs, or of tests side by side, do not want the same ports.
 * It is claimed by listening on its last address.
 */
public final class AddressBlock implements AutoCloseable {

  private static final int CLAIM_PORT = 47_813;
  private static final int TRIES = 500;
  private static final int MOST_HOSTS = 200 * 250;

  private final int network;
  private final ServerSocketChannel claim;

  private AddressBlock(int network, ServerSocketChannel claim) {
    this.network = network;
    this.claim = claim;
  }

  /**
   * Claims a network that nobody has.
   *
   * @throws IOException if this machine has none of these addresses (only Linux has them all), or
   *     all are taken
   */
  public static AddressBlock claim() throws IOException {
    BindException last = new BindException("no network was tried");
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int network = ThreadLocalRandom.current().nextInt(16, 250);
      ServerSocketChannel claim = ServerSocketChannel.open();
      try {
        return new AddressBlock(
            network, claim.bind(new InetSocketAddress(address(network, 255, 254), CLAIM_PORT)));
      } catch (BindException e) {
        claim.close();
        last = e;
      }
    }
    throw new IOException(
        "no loopback network 127.x.0.0/16 is free for simulated hosts; Linux routes all of 127.0.0.0/8 to"
            + " loopback, other systems do not",
        last);
  }

  /** The address of a host, counted from 0. */
  public InetAddress host(int index) {
    if (index < 0 || index >= MOST_HOSTS) {
      throw new IllegalArgumentException("a fleet has at most " + MOST_HOSTS + " hosts");
    }
    return address(network, index / 250, index % 250 + 1);
  }

  private static InetAddress address(int second, int third, int fourth) {
    try {
      return InetAddress.getByAddress(new byte[] {127, (byte) second, (byte) third, (byte) fourth});
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  @Override
  public void close() throws IOException {
    claim.close();
  }
}
