package io.rke4j.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.node.CommandResult;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProbeClientTest {

  /** Takes connections and says nothing, as a component that hangs. */
  private static final class Hanging implements NodeConnection {

    @Override
    public String host() {
      return "host";
    }

    @Override
    public Stream openSocket(String path) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Stream openPort(String address, int port) throws IOException {
      PipedOutputStream other = new PipedOutputStream();
      PipedInputStream silence = new PipedInputStream(other);
      return new Stream() {
        @Override
        public InputStream input() {
          return silence;
        }

        @Override
        public OutputStream output() {
          return OutputStream.nullOutputStream();
        }

        @Override
        public void close() throws IOException {
          other.close();
        }
      };
    }

    @Override
    public String read(String script, List<String> arguments) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CommandResult runAsRoot(
        String script, List<String> arguments, byte[] input, OperationContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  @Test
  @Timeout(20)
  void whatNeverAnswersIsGivenUp() {
    Observation seen =
        new ProbeClient(new Hanging(), Duration.ofMillis(50))
            .ask(new Probe("http", "localhost", 2379, "/health"), Optional.empty());
    assertThat(seen.reached()).isFalse();
    assertThat(seen.lastSeen()).contains("localhost:2379 said nothing");
  }
}
