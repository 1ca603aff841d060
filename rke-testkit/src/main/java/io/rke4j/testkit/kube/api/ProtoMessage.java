package io.rke4j.testkit.kube.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A message of Protocol Buffers that has only texts and messages, as fields with a length. */
final class ProtoMessage {

  private static final int WITH_LENGTH = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtoMessage text(int field, String value) {
    return field(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtoMessage message(int field, ProtoMessage value) {
    return field(field, value.bytes());
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private ProtoMessage field(int number, byte[] value) {
    number((number << 3) | WITH_LENGTH);
    number(value.length);
    out.writeBytes(value);
    return this;
  }

  /** Seven bits in each byte, the lowest first; the eighth says that more follow. */
  private void number(int value) {
    int left = value;
    while (left > 0x7f) {
      out.write((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write(left);
  }
}
