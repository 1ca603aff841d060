package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Texts in the data of a Secret, which Kubernetes has as Base64 of UTF-8. */
public final class SecretData {

  /** Kubernetes refuses Secrets with more data than that. */
  public static final int MOST_BYTES = 1 << 20;

  private SecretData() {}

  /** How much of that a text takes. */
  public static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Puts a text under a key, beside what is there. */
  public static void put(ObjectNode secret, String key, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    secret.withObject("/data").put(key, Base64.getEncoder().encodeToString(bytes));
  }

  /** The text under a key; empty if there is none. */
  public static String text(JsonNode secret, String key) {
    byte[] bytes = Base64.getDecoder().decode(secret.path("data").path(key).asText());
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
