package io.rke4j.testkit.ssh;

import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.forward.ForwardingFilter;

/** Clients may reach ports through a host that allows it; they may not have it listen for them. */
record OnlyOutgoing(FleetSshd servers) implements ForwardingFilter {

  @Override
  public boolean canConnect(Type type, SshdSocketAddress address, Session session) {
    return servers.of(session).forwardsPorts();
  }

  @Override
  public boolean canListen(SshdSocketAddress address, Session session) {
    return false;
  }

  @Override
  public boolean canForwardAgent(Session session, String requestType) {
    return false;
  }

  @Override
  public boolean canForwardX11(Session session, String requestType) {
    return false;
  }
}
