package io.rke4j.core.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Buffer.PlainBuffer;

/**
 * A client of an SSH agent. Every question has a connection of its own, so there is nothing to
 * close. The numbers are those of the agents' protocol.
 */
record SshAgent(Path socket) {

  private static final byte REQUEST_IDENTITIES = 11;
  private static final byte IDENTITIES_ANSWER = 12;
  private static final byte SIGN_REQUEST = 13;
  private static final byte SIGN_RESPONSE = 14;
  private static final int LONGEST_ANSWER = 256 * 1024;

  /** The keys and certificates that it has. */
  List<Identity> identities() throws IOException {
    PlainBuffer question = new PlainBuffer();
    question.putByte(REQUEST_IDENTITIES);
    try {
      Buffer<?> answer = ask(question, IDENTITIES_ANSWER);
      List<Identity> found = new ArrayList<>();
      for (long left = answer.readUInt32(); left > 0; left--) {
        byte[] blob = answer.readBytes();
        answer.readBytes(); // a comment
        found.add(new AgentIdentity(this, new PlainBuffer(blob).readString(), blob));
      }
      return List.copyOf(found);
    } catch (Buffer.BufferException e) {
      throw new IOException("the answer is not that of an SSH agent", e);
    }
  }

  private byte[] sign(byte[] blob, byte[] data, int flags) throws IOException {
    PlainBuffer question = new PlainBuffer();
    question.putByte(SIGN_REQUEST).putBytes(blob).putBytes(data).putUInt32(flags);
    try {
      return ask(question, SIGN_RESPONSE).readBytes();
    } catch (Buffer.BufferException e) {
      throw new IOException("the answer is not that of an SSH agent", e);
    }
  }

  private Buffer<?> ask(PlainBuffer question, byte expected)
      throws IOException, Buffer.BufferException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      byte[] request = new PlainBuffer().putBytes(question.getCompactData()).getCompactData();
      ByteBuffer rest = ByteBuffer.wrap(request);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      int length = read(channel, Integer.BYTES).getInt();
      if (length < 1 || length > LONGEST_ANSWER) {
        throw new IOException("the answer is not that of an SSH agent");
      }
      PlainBuffer answer = new PlainBuffer(read(channel, length).array());
      if (answer.readByte() != expected) {
        throw new IOException("the agent refuses");
      }
      return answer;
    }
  }

  private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("the agent broke off");
      }
    }
    return bytes.flip();
  }

  /** A key or certificate that the agent signs with. */
  private static final class AgentIdentity implements Identity {

    private static final int SHA_512 = 4;

    private final SshAgent agent;
    private final String type;
    private final byte[] blob;

    AgentIdentity(SshAgent agent, String type, byte[] blob) {
      this.agent = agent;
      this.type = type;
      this.blob = blob;
    }

    @Override
    public String algorithm() {
      return Identity.withoutSha1(type);
    }

    @Override
    public byte[] blob() {
      return blob.clone();
    }

    @Override
    public byte[] sign(byte[] data) throws IOException {
      return agent.sign(blob, data, algorithm().startsWith("rsa-") ? SHA_512 : 0);
    }
  }
}
