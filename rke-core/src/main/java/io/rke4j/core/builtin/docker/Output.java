package io.rke4j.core.builtin.docker;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a container wrote. */
final class Output {

  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private final ByteArrayOutputStream standard = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  synchronized void add(Frame frame) {
    byte[] bytes = frame.getPayload();
    all.writeBytes(bytes);
    (frame.getStreamType() == StreamType.STDERR ? error : standard).writeBytes(bytes);
  }

  synchronized String standard() {
    return standard.toString(StandardCharsets.UTF_8);
  }

  synchronized String error() {
    return error.toString(StandardCharsets.UTF_8);
  }

  synchronized List<String> lines() {
    return all.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
