package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.addon.KubeApiException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes every Secret as it is, which makes the API server encrypt it in the way that is now in
 * force. What was encrypted so already is not touched by the server.
 */
public final class SecretRewrite {

  /** A request for more than a few hundred may take longer than it is given. */
  private static final int PAGE = 250;

  private static final int CONFLICT = 409;
  private static final int EXPIRED = 410;

  private final KubeClient client;

  SecretRewrite(KubeClient client) {
    this.client = client;
  }

  /**
   * Rewrites all of them.
   *
   * @throws OperationCancelledException if cancelled meanwhile
   */
  public void run(CancellationToken cancellation) {
    String next = "";
    do {
      next = page(next, cancellation);
    } while (!next.isEmpty());
  }

  private String page(String from, CancellationToken cancellation) {
    String query = "?limit=" + PAGE + (from.isEmpty() ? "" : "&continue=" + encoded(from));
    try {
      ObjectNode page = client.read("/api/v1/secrets" + query);
      for (JsonNode secret : page.path("items")) {
        if (cancellation.isCancelled()) {
          throw new OperationCancelledException("rewriting Secrets");
        }
        rewrite(
            "/api/v1/namespaces/"
                + secret.at("/metadata/namespace").asText()
                + "/secrets/"
                + secret.at("/metadata/name").asText());
      }
      return page.at("/metadata/continue").asText("");
    } catch (KubeApiException e) {
      // The list went out of date while we worked through it: begin again.
      if (e.status() != EXPIRED || from.isEmpty()) {
        throw e;
      }
      return page("", cancellation);
    }
  }

  /** Somebody else may change a Secret meanwhile, or delete it. */
  private void rewrite(String path) {
    for (int attempt = 1; ; attempt++) {
      Optional<ObjectNode> present = client.find(path);
      if (present.isEmpty()) {
        return;
      }
      try {
        client.replace(path, present.get());
        return;
      } catch (KubeApiException e) {
        boolean changed = e.status() == CONFLICT && attempt < 5;
        if (!changed && e.status() != 404) {
          throw e;
        }
      }
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
