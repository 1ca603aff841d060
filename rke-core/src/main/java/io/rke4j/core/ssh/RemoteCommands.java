package io.rke4j.core.ssh;

import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.node.CommandResult;
import io.rke4j.spi.node.SessionRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.TransportException;
import org.jspecify.annotations.Nullable;

/** Commands that the host itself runs. */
final class RemoteCommands {

  private static final int ANSWER_SECONDS = 20;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LAST_PAUSE = Duration.ofMillis(640);

  private final String host;
  private final SSHClient client;
  private final Duration looking;
  private final Duration working;

  /**
   * Commands over a connection.
   *
   * @param looking how long those may take that only look
   * @param working how long those may take that change something
   */
  RemoteCommands(String host, SSHClient client, Duration looking, Duration working) {
    this.host = host;
    this.client = client;
    this.looking = looking;
    this.working = working;
  }

  /** Starts a command whose input and output are a stream. */
  Session.Command start(String command) throws IOException {
    return session().exec(command);
  }

  /** Where one session is all there may be, the one before counts until its process is gone. */
  private Session session() throws IOException {
    for (Duration pause = FIRST_PAUSE; ; pause = pause.multipliedBy(2)) {
      try {
        return client.startSession();
      } catch (OpenFailException e) {
        if (pause.compareTo(LAST_PAUSE) > 0) {
          throw new SessionRefusedException(host, e);
        }
      } catch (IllegalStateException e) {
        // sshj's word for a connection that is lost already.
        throw new TransportException("the connection was lost", e);
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /** Runs a command that only looks, with no input, until it ends or its time is up. */
  Outcome run(String command) throws IOException {
    try (Session session = session();
        TimeLimit limit = new TimeLimit(session, looking)) {
      try {
        Outcome outcome = outcome(session.exec(command));
        return limit.isUp() ? late(outcome.output(), looking) : outcome;
      } catch (IOException e) {
        if (limit.isUp()) {
          return late("", looking);
        }
        throw e;
      }
    }
  }

  private static Outcome outcome(Session.Command running) throws IOException {
    running.getOutputStream().close();
    String output = text(running.getInputStream());
    String errors = text(running.getErrorStream());
    running.join(ANSWER_SECONDS, TimeUnit.SECONDS);
    return new Outcome(running.getExitStatus(), output, errors);
  }

  private static String text(InputStream said) throws IOException {
    return new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static Outcome late(String output, Duration after) {
    return new Outcome(null, output, "it did not end within " + after.toSeconds() + " s");
  }

  /**
   * Runs a command as root until it ends, its time is up, or the operation is cancelled. One whose
   * time is up has no exit code, and what it has printed until then.
   */
  CommandResult runAsRoot(String command, byte[] input, OperationContext context)
      throws IOException {
    String asRoot =
        "if [ \"$(id -u)\" = 0 ]; then exec 2>&1; "
            + command
            + "; else exec 2>&1; sudo -n "
            + command
            + "; fi";
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (Session session = session();
        TimeLimit limit = new TimeLimit(session, working)) {
      context.cancellation().onCancel(() -> close(session));
      Integer exitCode = null;
      try {
        exitCode = runToItsEnd(session, "sh -c " + quoted(asRoot), input, said);
      } catch (IOException e) {
        if (!limit.isUp()) {
          throw e;
        }
      }
      if (context.cancellation().isCancelled()) {
        throw new OperationCancelledException("a command on " + host);
      }
      String output = said.toString(StandardCharsets.UTF_8).strip();
      return (limit.isUp() ? late(output, working) : new Outcome(exitCode, output, "")).result();
    }
  }

  private static @Nullable Integer runToItsEnd(
      Session session, String command, byte[] input, OutputStream said) throws IOException {
    Session.Command running = session.exec(command);
    try (OutputStream standardInput = running.getOutputStream()) {
      standardInput.write(input);
    }
    running.getInputStream().transferTo(said);
    running.join(ANSWER_SECONDS, TimeUnit.SECONDS);
    return running.getExitStatus();
  }

  private static void close(Session session) {
    try {
      session.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  /** A word that the host's shell leaves as it is. */
  static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** How a command ended. */
  record Outcome(@Nullable Integer exitCode, String output, String errors) {
    boolean isSuccess() {
      return exitCode != null && exitCode == 0;
    }

    /** With the errors last. */
    CommandResult result() {
      return new CommandResult(exitCode == null ? -1 : exitCode, (output + "\n" + errors).strip());
    }
  }
}
