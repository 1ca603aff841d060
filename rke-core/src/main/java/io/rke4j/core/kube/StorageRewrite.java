package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.addon.KubeApiException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Writes every object of some resources as it is, which makes the API server encrypt it in the way
 * that is now in force. What was encrypted so already is not touched by the server.
 */
public final class StorageRewrite {

  /** A request for more than a few hundred may take longer than it is given. */
  private static final int PAGE = 250;

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int EXPIRED = 410;

  private final KubeClient client;

  StorageRewrite(KubeClient client) {
    this.client = client;
  }

  /**
   * Rewrites all objects of the resources that go by such names in an {@code
   * EncryptionConfiguration}. Names that the cluster does not know are passed over, as the API
   * server does.
   *
   * @throws OperationCancelledException if cancelled meanwhile
   */
  public void run(Set<String> names, CancellationToken cancellation) {
    for (StoredResource resource : new StoredResources(client).named(names)) {
      String next = "";
      do {
        next = page(resource, next, cancellation);
      } while (!next.isEmpty());
    }
  }

  private String page(StoredResource resource, String from, CancellationToken cancellation) {
    String query = "?limit=" + PAGE + (from.isEmpty() ? "" : "&continue=" + encoded(from));
    try {
      ObjectNode page = client.read(resource.collection() + query);
      for (JsonNode object : page.path("items")) {
        if (cancellation.isCancelled()) {
          throw new OperationCancelledException("rewriting " + resource.name());
        }
        rewrite(resource.path(object));
      }
      return page.at("/metadata/continue").asText("");
    } catch (KubeApiException e) {
      // The list went out of date while we worked through it: begin again.
      if (e.status() != EXPIRED || from.isEmpty()) {
        throw e;
      }
      return page(resource, "", cancellation);
    }
  }

  /** Whoever changes an object meanwhile has it written by an API server that encrypts, too. */
  private void rewrite(String path) {
    Optional<ObjectNode> present = client.find(path);
    if (present.isEmpty()) {
      return;
    }
    try {
      client.replace(path, present.get());
    } catch (KubeApiException e) {
      if (e.status() != CONFLICT && e.status() != NOT_FOUND) {
        throw e;
      }
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
