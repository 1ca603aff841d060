package io.rke4j.core.ssh;

import java.io.IOException;
import net.schmizz.sshj.common.Buffer.PlainBuffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * Logs in with a key that somebody else keeps: sshj's own method wants the private key itself. The
 * server is asked first whether it takes the key, so that nobody signs in vain.
 */
final class IdentityAuth extends AbstractAuthMethod {

  private final Identity identity;

  IdentityAuth(Identity identity) {
    super("publickey");
    this.identity = identity;
  }

  @Override
  protected SSHPacket buildReq() throws UserAuthException {
    return request(false);
  }

  private SSHPacket request(boolean signed) throws UserAuthException {
    return super.buildReq()
        .putBoolean(signed)
        .putString(identity.algorithm())
        .putBytes(identity.blob());
  }

  @Override
  public void handle(Message message, SSHPacket packet)
      throws UserAuthException, TransportException {
    if (message == Message.USERAUTH_60) {
      sendSigned();
    } else {
      super.handle(message, packet);
    }
  }

  private void sendSigned() throws UserAuthException, TransportException {
    SSHPacket request = request(true);
    byte[] data =
        new PlainBuffer()
            .putBytes(params.getTransport().getSessionID())
            .putBuffer(request)
            .getCompactData();
    try {
      params.getTransport().write(request.putBytes(identity.sign(data)));
    } catch (TransportException e) {
      throw e;
    } catch (IOException e) {
      throw new UserAuthException("no signature was to be had", e);
    }
  }
}
