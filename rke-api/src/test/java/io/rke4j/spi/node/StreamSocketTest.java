package io.rke4j.spi.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StreamSocketTest {

  /** The near end of a connection, as a stream. */
  private record Near(Socket socket, InputStream input, OutputStream output) implements Stream {
    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private ServerSocket listener;
  private Socket near;
  private Socket far;
  private StreamSocket socket;

  @BeforeEach
  void connect() throws IOException {
    listener = new ServerSocket(0);
    near = new Socket(listener.getInetAddress(), listener.getLocalPort());
    far = listener.accept();
    socket =
        new StreamSocket(new Near(near, near.getInputStream(), near.getOutputStream()), "engine");
  }

  @AfterEach
  void close() throws IOException {
    far.close();
    near.close();
    listener.close();
  }

  @Test
  void silenceLongerThanTheTimeoutEndsTheReadAndTheStream() {
    socket.setSoTimeout(50);

    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("engine said nothing");
    assertThat(near.isClosed()).isTrue();
    assertThat(socket.isClosed()).isTrue();
  }

  @Test
  void whatArrivesInTimeIsReadAndTheStreamStaysOpen() throws IOException {
    socket.setSoTimeout(20_000);
    far.getOutputStream().write("ok".getBytes(StandardCharsets.US_ASCII));

    assertThat(socket.getInputStream().readNBytes(2)).asString().isEqualTo("ok");
    assertThat(socket.isClosed()).isFalse();
  }

  @Test
  void endIsAnEndAndNoTimeout() throws IOException {
    socket.setSoTimeout(20_000);
    far.close();

    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void closingTheSocketClosesTheStream() throws IOException {
    socket.close();

    assertThat(near.isClosed()).isTrue();
  }
}
