package io.rke4j.core.traffic;

import io.rke4j.api.cluster.RuntimeSpec;
import io.rke4j.core.builtin.docker.DockerRuntimeProvider;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.node.CommandResult;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.Stream;
import io.rke4j.spi.runtime.ContainerRuntime;
import io.rke4j.spi.runtime.ContainerRuntimeProvider;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/** The runtime of production over streams that are recorded. */
record RecordingRuntime(Tape tape) implements ContainerRuntimeProvider {

  @Override
  public String id() {
    return "docker";
  }

  @Override
  public ContainerRuntime open(Machine machine, NodeConnection connection, RuntimeSpec spec) {
    return new DockerRuntimeProvider().open(machine, new Recorded(connection, tape), spec);
  }

  private record Recorded(NodeConnection connection, Tape tape) implements NodeConnection {

    @Override
    public String host() {
      return connection.host();
    }

    @Override
    public boolean isOpen() {
      return connection.isOpen();
    }

    @Override
    public Stream openSocket(String path) throws IOException {
      return new RecordedStream(connection.openSocket(path), tape.newTrack());
    }

    @Override
    public Stream openPort(String address, int port) throws IOException {
      return connection.openPort(address, port);
    }

    @Override
    public String read(String script, List<String> arguments) throws IOException {
      return connection.read(script, arguments);
    }

    @Override
    public CommandResult runAsRoot(
        String script, List<String> arguments, byte[] input, OperationContext context)
        throws IOException {
      return connection.runAsRoot(script, arguments, input, context);
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  private record RecordedStream(Stream stream, Tape.Track track) implements Stream {

    @Override
    public InputStream input() {
      return new FilterInputStream(stream.input()) {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int count = in.read(bytes, offset, length);
          if (count > 0) {
            track.add(false, Arrays.copyOfRange(bytes, offset, offset + count));
          }
          return count;
        }
      };
    }

    @Override
    public OutputStream output() {
      return new FilterOutputStream(stream.output()) {
        @Override
        public void write(int value) throws IOException {
          write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          track.add(true, Arrays.copyOfRange(bytes, offset, offset + length));
          out.write(bytes, offset, length);
        }
      };
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
