package io.rke4j.core.ssh;

import io.rke4j.spi.node.Stream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.Channel;
import net.schmizz.sshj.transport.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An SSH channel as a stream. */
final class ChannelStream implements Stream {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelStream.class);

  private final Channel channel;
  private final InputStream input;
  private final OutputStream output;

  ChannelStream(Channel channel, WriteLimit limit) {
    this.channel = channel;
    this.input = new Input(channel.getInputStream());
    this.output = limit.on(channel.getOutputStream());
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } catch (SSHException e) {
      boolean isLost = e instanceof TransportException || e.getCause() instanceof SSHException;
      if (!isLost) {
        throw e;
      }
      // With the connection the channel is closed as well; who reads or writes is told so.
      LOG.debug("closing a channel of a connection that is lost", e);
    }
  }

  /** Keeps to InputStream's contract where sshj's channels do not. */
  private final class Input extends FilterInputStream {

    Input(InputStream channelInput) {
      super(channelInput);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      // sshj waits for a byte even if none is wanted.
      return length == 0 ? 0 : super.read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      // Closing sshj's input alone makes the next byte that arrives break the whole connection.
      ChannelStream.this.close();
    }
  }
}
