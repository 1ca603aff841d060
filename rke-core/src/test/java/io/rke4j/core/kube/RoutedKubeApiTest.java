package io.rke4j.core.kube;

import io.rke4j.spi.node.Route;
import io.rke4j.spi.node.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/** The same over a way that somebody else opens, as through a bastion host. */
class RoutedKubeApiTest extends KubeApiTest {

  @Override
  Optional<Route> route() {
    return Optional.of(RoutedKubeApiTest::open);
  }

  static Stream open(String address, int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(address, port));
    return new SocketStream(socket, socket.getInputStream(), socket.getOutputStream());
  }

  private record SocketStream(Socket socket, InputStream input, OutputStream output)
      implements Stream {
    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
