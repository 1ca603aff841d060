package io.rke4j.core.builtin.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;

/** What the engine itself said in a refusal. */
final class EngineWords {

  private static final ObjectMapper JSON = new ObjectMapper();

  private EngineWords() {}

  /** Whether they are those of the operating system, which the engine passes on. */
  static boolean sayDiskFull(String words) {
    return words.contains("no space left on device");
  }

  static String of(DockerException refusal) {
    String text = String.valueOf(refusal.getMessage());
    int start = text.indexOf('{');
    if (start >= 0) {
      try {
        JsonNode message = JSON.readTree(text.substring(start)).path("message");
        if (message.isTextual()) {
          return message.asText().strip();
        }
      } catch (JsonProcessingException e) {
        // Then it is said in plain text.
        return text.strip();
      }
    }
    return text.strip();
  }
}
