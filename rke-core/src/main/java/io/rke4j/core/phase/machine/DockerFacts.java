package io.rke4j.core.phase.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a host says it has of Docker Engine.
 *
 * @param values what {@code docker-facts.sh} has printed, by its keys
 */
record DockerFacts(Map<String, String> values) {

  private static final ObjectMapper JSON = new ObjectMapper();

  DockerFacts {
    values = Map.copyOf(values);
  }

  static DockerFacts of(String output) {
    Map<String, String> values = new HashMap<>();
    output
        .lines()
        .filter(line -> line.contains("="))
        .forEach(
            line ->
                values.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return new DockerFacts(values);
  }

  /** Whether the engine is installed. */
  boolean isInstalled() {
    return is("engine", "present");
  }

  /** Whether it has a socket that the account may use. */
  boolean isUsable() {
    return is("socket", "usable");
  }

  /** Whether it has a socket, and the account may not use it. */
  boolean isDenied() {
    return is("socket", "denied");
  }

  /** Whether the private key of its TLS port is there, and for root alone. */
  boolean hasKeyOfItsOwn() {
    return is("key", "600:0");
  }

  /** Whether its files were being changed, and it was not restarted with them since. */
  boolean isUnfinished() {
    return is("setup", "unfinished");
  }

  private boolean is(String key, String value) {
    return value.equals(values.get(key));
  }

  String authority() {
    return text("ca");
  }

  String certificate() {
    return text("certificate");
  }

  /** Its settings; empty if they are there and cannot be understood. */
  Optional<ObjectNode> settings() {
    if (is("settings", "unreadable")) {
      return Optional.empty();
    }
    try {
      String text = text("settings");
      return text.isBlank()
          ? Optional.of(JSON.createObjectNode())
          : Optional.of(JSON.readTree(text))
              .filter(ObjectNode.class::isInstance)
              .map(ObjectNode.class::cast);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private String text(String key) {
    return new String(
        Base64.getDecoder().decode(values.getOrDefault(key, "")), StandardCharsets.UTF_8);
  }
}
