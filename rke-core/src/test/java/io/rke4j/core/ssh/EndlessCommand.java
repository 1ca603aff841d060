package io.rke4j.core.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** A remote command that says something, if only nothing, and never ends by itself. */
final class EndlessCommand implements Command {

  private final String says;
  private OutputStream output = OutputStream.nullOutputStream();

  EndlessCommand(String says) {
    this.says = says;
  }

  @Override
  public void setInputStream(InputStream stream) {}

  @Override
  public void setOutputStream(OutputStream stream) {
    output = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {}

  @Override
  public void setExitCallback(ExitCallback callback) {}

  @Override
  public void start(ChannelSession channel, Environment environment) throws IOException {
    output.write(says.getBytes(StandardCharsets.UTF_8));
    output.flush();
  }

  @Override
  public void destroy(ChannelSession channel) {}
}
