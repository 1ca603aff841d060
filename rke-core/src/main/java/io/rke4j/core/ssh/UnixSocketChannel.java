package io.rke4j.core.ssh;

import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.channel.direct.AbstractDirectChannel;

/** A channel to a Unix socket of the host: OpenSSH's extension, which sshj does not have. */
final class UnixSocketChannel extends AbstractDirectChannel {

  private final String path;

  UnixSocketChannel(Connection connection, String path) {
    super(connection, "direct-streamlocal@openssh.com");
    this.path = path;
  }

  @Override
  protected SSHPacket buildOpenReq() {
    // After the path come two fields that OpenSSH reserves.
    return super.buildOpenReq().putString(path).putString("").putUInt32(0);
  }
}
