package io.rke4j.testkit.ssh;

import io.rke4j.testkit.host.Duplex;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.jspecify.annotations.Nullable;

/** A channel to a Unix socket of the host: OpenSSH's extension. */
final class SocketChannel extends AbstractServerChannel implements Duplex.Carrier {

  private final FleetSshd servers;
  private @Nullable OutputStream output;
  private @Nullable Duplex socket;

  /** Makes such channels. */
  record Factory(FleetSshd servers) implements ChannelFactory {
    @Override
    public String getName() {
      return "direct-streamlocal@openssh.com";
    }

    @Override
    public Channel createChannel(Session session) {
      return new SocketChannel(servers);
    }
  }

  private SocketChannel(FleetSshd servers) {
    super("", List.of(), null);
    this.servers = servers;
  }

  @Override
  protected OpenFuture doInit(Buffer request) {
    OpenFuture future = new DefaultOpenFuture(this, this);
    SshHost host = servers.of(getSession());
    String path = request.getString();
    Optional<Duplex.Service> service = host.machine().socket(path);
    if (!host.forwardsSockets()) {
      return refused(future, SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "open failed");
    }
    if (service.isEmpty() || !host.mayUseDocker()) {
      return refused(future, SshConstants.SSH_OPEN_CONNECT_FAILED, "open failed");
    }
    output =
        new ChannelOutputStream(
            this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true);
    socket = service.get().open(this);
    signalChannelOpenSuccess();
    future.setOpened();
    return future;
  }

  private OpenFuture refused(OpenFuture future, int reason, String words) {
    SshChannelOpenException refusal = new SshChannelOpenException(getChannelId(), reason, words);
    signalChannelOpenFailure(refusal);
    notifyStateChanged(refusal.getClass().getSimpleName());
    future.setException(refusal);
    return future;
  }

  @Override
  public OutputStream output() {
    OutputStream open = output;
    if (open == null) {
      throw new IllegalStateException("the channel is not open");
    }
    return open;
  }

  @Override
  protected void doWriteData(byte[] data, int offset, long length) throws IOException {
    Duplex open = socket;
    if (open != null) {
      open.received(data, offset, (int) length);
    }
    getLocalWindow().release(length);
  }

  @Override
  protected void doWriteExtendedData(byte[] data, int offset, long length) {
    throw new UnsupportedOperationException("a socket has one stream only");
  }

  @Override
  public void handleEof() throws IOException {
    super.handleEof();
    Duplex open = socket;
    if (open != null) {
      open.ended();
    }
  }

  @Override
  public void handleChannelUnregistration(ConnectionService service) {
    super.handleChannelUnregistration(service);
    Duplex open = socket;
    if (open != null) {
      open.broken();
    }
  }

  @Override
  public void close() {
    close(false);
  }
}
