package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.store.KubeStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Tokens of service accounts that were asked for ({@code TokenRequest}). They look like those of
 * Kubernetes but are not signed: they are good as long as they name an account that is there, by
 * its identity, which nobody can guess.
 */
final class IssuedTokens {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private IssuedTokens() {}

  static String issue(JsonNode account, Instant expires) {
    ObjectNode claims = Json.object();
    claims.put("exp", expires.getEpochSecond());
    claims.put("namespace", Meta.namespace(account)).put("name", Meta.name(account));
    claims.put("uid", Meta.uid(account));
    return encoded("{\"alg\":\"none\"}") + "." + encoded(claims.toString()) + ".";
  }

  private static String encoded(String text) {
    return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static Optional<Caller> accountOf(KubeStore store, String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    JsonNode claims;
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(parts[1]);
      claims = Json.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    String namespace = claims.path("namespace").asText();
    String name = claims.path("name").asText();
    return store
        .find(store.types().get("", "serviceaccounts"), namespace, name)
        .filter(account -> Meta.uid(account).equals(claims.path("uid").asText()))
        .filter(account -> claims.path("exp").asLong() > store.clock().instant().getEpochSecond())
        .map(account -> Authentication.account(namespace, name));
  }
}
