package io.rke4j.testkit.ssh;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.forward.TcpForwardingFilter;
import org.apache.sshd.server.forward.TcpipServerChannel;

/** A channel to a TCP port, as the host sees it: its own {@code localhost} is its address. */
final class PortChannel extends TcpipServerChannel {

  private final FleetSshd servers;

  /** Makes such channels. */
  record Factory(FleetSshd servers) implements ChannelFactory {
    @Override
    public String getName() {
      return "direct-tcpip";
    }

    @Override
    public Channel createChannel(Session session) {
      return new PortChannel(servers);
    }
  }

  private PortChannel(FleetSshd servers) {
    super(TcpForwardingFilter.Type.Direct, null);
    this.servers = servers;
  }

  @Override
  protected OpenFuture doInit(Buffer request) {
    SshHost host = servers.of(getSession());
    String target = request.getString();
    Optional<InetAddress> address = servers.resolve(host, target);
    if (address.isEmpty()) {
      return unknown(target);
    }
    Buffer translated = new ByteArrayBuffer();
    translated.putString(address.get().getHostAddress());
    translated.putRawBytes(remaining(request));
    setLocalAddress(new InetSocketAddress(host.machine().address(), 0));
    return super.doInit(translated);
  }

  private static byte[] remaining(Buffer request) {
    byte[] rest = new byte[request.available()];
    request.getRawBytes(rest);
    return rest;
  }

  private OpenFuture unknown(String target) {
    OpenFuture future = new DefaultOpenFuture(this, this);
    SshChannelOpenException refusal =
        new SshChannelOpenException(
            getChannelId(),
            SshConstants.SSH_OPEN_CONNECT_FAILED,
            "no simulated host has the name or address " + target);
    signalChannelOpenFailure(refusal);
    notifyStateChanged(refusal.getClass().getSimpleName());
    future.setException(refusal);
    return future;
  }
}
