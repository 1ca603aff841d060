package io.rke4j.core.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** A remote command that sends back what it gets. */
final class EchoCommand implements Command {

  private @Nullable InputStream input;
  private @Nullable OutputStream output;
  private @Nullable ExitCallback exit;

  @Override
  public void setInputStream(InputStream stream) {
    input = stream;
  }

  @Override
  public void setOutputStream(OutputStream stream) {
    output = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {}

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    new Thread(this::echo, "echo").start();
  }

  private void echo() {
    if (input == null || output == null || exit == null) {
      return;
    }
    try {
      for (int next = input.read(); next >= 0; next = input.read()) {
        output.write(next);
        output.flush();
      }
      exit.onExit(0);
    } catch (IOException e) {
      exit.onExit(1, e.getMessage());
    }
  }

  @Override
  public void destroy(ChannelSession channel) {}
}
