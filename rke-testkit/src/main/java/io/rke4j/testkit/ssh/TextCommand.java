package io.rke4j.testkit.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command that reads nothing, and writes what the host's model says. */
final class TextCommand implements Command {

  private static final Logger LOG = LoggerFactory.getLogger(TextCommand.class);

  private final Supplier<Answer> program;
  private final Executor threads;
  private @Nullable OutputStream output;
  private @Nullable OutputStream error;
  private @Nullable ExitCallback exit;

  TextCommand(Supplier<Answer> program, Executor threads) {
    this.program = program;
    this.threads = threads;
  }

  @Override
  public void setInputStream(InputStream stream) {}

  @Override
  public void setOutputStream(OutputStream stream) {
    output = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {
    error = stream;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    threads.execute(this::run);
  }

  private void run() {
    Answer answer = program.get();
    try {
      write(output, answer.output());
      write(error, answer.error());
    } catch (IOException e) {
      LOG.debug("nobody reads what a command writes", e);
    }
    if (exit != null) {
      exit.onExit(answer.exitCode());
    }
  }

  private static void write(@Nullable OutputStream stream, String text) throws IOException {
    if (stream != null && !text.isEmpty()) {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    }
  }

  @Override
  public void destroy(ChannelSession channel) {}
}
