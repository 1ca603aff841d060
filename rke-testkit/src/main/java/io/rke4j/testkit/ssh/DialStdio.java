package io.rke4j.testkit.ssh;

import io.rke4j.testkit.host.Duplex;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelDataReceiver;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** {@code docker system dial-stdio}: the engine's socket as input and output of a command. */
final class DialStdio implements Command, ChannelDataReceiver {

  private final Duplex.Service service;
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable OutputStream output;
  private @Nullable ExitCallback exit;
  private @Nullable Duplex socket;

  /** A command whose input is pushed here, so that waiting for it takes no thread. */
  static DialStdio on(ChannelSession channel, Duplex.Service service) {
    DialStdio command = new DialStdio(service);
    channel.setDataReceiver(command);
    return command;
  }

  private DialStdio(Duplex.Service service) {
    this.service = service;
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
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    opened();
  }

  private synchronized Duplex opened() {
    Duplex open = socket;
    if (open == null) {
      open = service.open(new Way());
      socket = open;
    }
    return open;
  }

  @Override
  public int data(ChannelSession channel, byte[] bytes, int offset, int length) {
    opened().received(bytes, offset, length);
    return length;
  }

  /** The client sends no more; it may still read. */
  @Override
  public void close() {
    if (!over.get()) {
      Duplex open = opened();
      open.ended();
    }
  }

  @Override
  public void destroy(ChannelSession channel) {
    over.set(true);
    opened().broken();
  }

  /** The way back to the client; its end is the end of the command. */
  private final class Way implements Duplex.Carrier {

    @Override
    public OutputStream output() {
      OutputStream open = output;
      if (open == null) {
        throw new IllegalStateException("the command has not begun");
      }
      return open;
    }

    @Override
    public void close() {
      if (exit != null && over.compareAndSet(false, true)) {
        exit.onExit(0);
      }
    }
  }
}
