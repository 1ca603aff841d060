package io.rke4j.core.ssh;

import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** A remote command that says nothing and never ends by itself. */
final class SilentCommand implements Command {

  @Override
  public void setInputStream(InputStream stream) {}

  @Override
  public void setOutputStream(OutputStream stream) {}

  @Override
  public void setErrorStream(OutputStream stream) {}

  @Override
  public void setExitCallback(ExitCallback callback) {}

  @Override
  public void start(ChannelSession channel, Environment environment) {}

  @Override
  public void destroy(ChannelSession channel) {}
}
