package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.ContainerProcess;
import io.rke4j.testkit.host.OpenPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/** The way from a host without an API server to those of the control plane. */
final class NginxProxy extends Program {

  private static final int PORT = 6443;
  private static final int PATIENCE_MILLIS = 5_000;

  private final ControlPlanes planes;

  NginxProxy(ControlPlanes planes) {
    this.planes = planes;
  }

  @Override
  public void start(ContainerProcess process) {
    List<String> upstream =
        Arrays.stream(process.settings().env().getOrDefault("CP_HOSTS", "").split(",", -1))
            .filter(host -> !host.isBlank())
            .toList();
    try {
      process.listen(PORT, connection -> lead(process, connection, upstream));
    } catch (IOException e) {
      process.err("nginx: [emerg] bind() to 0.0.0.0:6443 failed (98: Address already in use)");
      process.exit(1);
      return;
    }
    OpenPort known = planes.leads(process.machine().ip(), upstream);
    process.atEnd(known::close);
  }

  private static void lead(ContainerProcess process, Socket client, List<String> upstream)
      throws IOException {
    for (String host : upstream) {
      try (Socket server = new Socket()) {
        server.bind(new InetSocketAddress(process.machine().address(), 0));
        server.connect(new InetSocketAddress(host, PORT), PATIENCE_MILLIS);
        process.execute(() -> copy(server, client));
        copy(client, server);
        return;
      } catch (IOException e) {
        process.err("[error] connect() failed while connecting to upstream " + host);
      }
    }
  }

  /** Ends with either side; then the other one ends, too. */
  private static void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of them is gone, and with that this way.
      return;
    }
  }
}
