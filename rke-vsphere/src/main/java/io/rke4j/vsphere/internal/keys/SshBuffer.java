package io.rke4j.vsphere.internal.keys;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Collects values as SSH writes them (RFC 4251, section 5). */
final class SshBuffer {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  SshBuffer raw(byte[] value) {
    bytes.writeBytes(value);
    return this;
  }

  SshBuffer number(int value) {
    return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  SshBuffer string(byte[] value) {
    return number(value.length).raw(value);
  }

  SshBuffer text(String value) {
    return string(value.getBytes(StandardCharsets.US_ASCII));
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** With the bytes 1, 2, 3 and so on at its end, up to whole blocks. */
  byte[] padded(int block) {
    for (int next = 1; bytes.size() % block != 0; next++) {
      bytes.write(next);
    }
    return bytes();
  }
}
