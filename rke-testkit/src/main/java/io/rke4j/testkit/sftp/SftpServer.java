package io.rke4j.testkit.sftp;

import io.rke4j.testkit.host.FileTree;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Executor;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Subsystem {@code sftp} of one session: takes requests from its input and answers each. */
public final class SftpServer implements Command {

  private static final Logger LOG = LoggerFactory.getLogger(SftpServer.class);
  // OpenSSH's own limit for a packet.
  private static final int LONGEST = 256 * 1024;

  private final SftpSession session;
  private final Executor threads;
  private @Nullable InputStream input;
  private @Nullable OutputStream output;
  private @Nullable ExitCallback exit;

  /**
   * A server.
   *
   * @param files the host's files; modes and owners are kept, and the user may do all
   * @param threads one of them serves the session
   */
  public SftpServer(FileTree files, Executor threads) {
    this.session = new SftpSession(files);
    this.threads = threads;
  }

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
    InputStream in = input;
    OutputStream out = output;
    if (in == null || out == null) {
      throw new IllegalStateException("the session has no streams");
    }
    threads.execute(() -> serve(new DataInputStream(in), new DataOutputStream(out)));
  }

  private void serve(DataInputStream in, DataOutputStream out) {
    int code = 0;
    try {
      while (true) {
        answer(in, out);
      }
    } catch (EOFException e) {
      LOG.trace("the client is done", e);
    } catch (IOException | RuntimeException e) {
      LOG.debug("an SFTP session broke", e);
      code = 1;
    } finally {
      session.end();
    }
    if (exit != null) {
      exit.onExit(code);
    }
  }

  private void answer(DataInputStream in, DataOutputStream out) throws IOException {
    int length = in.readInt();
    if (length < 1 || length > LONGEST) {
      throw new IOException("a packet of " + length + " bytes");
    }
    byte[] request = new byte[length];
    in.readFully(request);
    Buffer answer = session.answer(new ByteArrayBuffer(request));
    byte[] bytes = answer.getCompactData();
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  @Override
  public void destroy(ChannelSession channel) {
    session.end();
  }
}
