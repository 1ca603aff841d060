package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.addon.KubeApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes every object of some resources as it is, which makes the API server encrypt it in the way
 * that is now in force. What was encrypted so already is not touched by the server.
 */
public final class StorageRewrite {

  /** A request for more than a few hundred may take longer than it is given. */
  private static final int PAGE = 250;

  private static final int NOTED_EVERY = 100;
  private static final int MOST_LISTINGS = 3;
  private static final int MOST_NAMED = 10;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int EXPIRED = 410;
  private static final int OVERLOADED = 429;
  private static final int BROKEN = 500;

  private final KubeClient client;

  StorageRewrite(KubeClient client) {
    this.client = client;
  }

  /**
   * Rewrites all objects of the resources that go by such names in an {@code
   * EncryptionConfiguration}. Names that the cluster does not know are passed over, as the API
   * server does. An object that cannot be written does not keep others from it, and one that the
   * server cannot read keeps from it only those of its resource.
   *
   * @throws OperationCancelledException if cancelled meanwhile
   * @throws KubeApiException if some could not be written, which it names; what the server said of
   *     them is not told, since it may quote them
   */
  public void run(Set<String> names, OperationContext context) {
    List<String> paths = new ArrayList<>();
    Map<String, KubeApiException> unlisted = new TreeMap<>();
    for (StoredResource resource : new StoredResources(client).named(names)) {
      try {
        paths.addAll(paths(resource));
      } catch (KubeApiException e) {
        if (e.status() != BROKEN) {
          throw e;
        }
        unlisted.put(resource.name(), e);
      }
    }
    Map<String, KubeApiException> refused = rewrite(paths, context);
    if (!unlisted.isEmpty()) {
      throw unreadable(unlisted, refused);
    }
    if (!refused.isEmpty()) {
      throw refusal(refused);
    }
  }

  private Map<String, KubeApiException> rewrite(List<String> paths, OperationContext context) {
    Map<String, KubeApiException> refused = new TreeMap<>();
    for (int done = 0; done < paths.size(); done++) {
      if (context.cancellation().isCancelled()) {
        throw new OperationCancelledException("writing anew what is encrypted");
      }
      if (done % NOTED_EVERY == 0) {
        context.progress((double) done / paths.size(), done + " of " + paths.size() + " written");
      }
      rewrite(paths.get(done), refused);
    }
    return refused;
  }

  /** All names first, for a list goes out of date while one works through it. */
  private List<String> paths(StoredResource resource) {
    for (int attempt = 1; ; attempt++) {
      try {
        return pages(resource);
      } catch (KubeApiException e) {
        if (e.status() != EXPIRED || attempt == MOST_LISTINGS) {
          throw e;
        }
      }
    }
  }

  private List<String> pages(StoredResource resource) {
    List<String> paths = new ArrayList<>();
    String next = "";
    do {
      String from = next.isEmpty() ? "" : "&continue=" + StoredResource.encoded(next);
      ObjectNode page = client.read(resource.collection() + "?limit=" + PAGE + from);
      for (JsonNode object : page.path("items")) {
        paths.add(resource.path(object));
      }
      next = page.at("/metadata/continue").asText("");
    } while (!next.isEmpty());
    return paths;
  }

  /** Whoever changes an object meanwhile has it written by an API server that encrypts, too. */
  private void rewrite(String path, Map<String, KubeApiException> refused) {
    try {
      Optional<ObjectNode> present = client.find(path);
      if (present.isPresent()) {
        client.replace(path, present.get());
      }
    } catch (KubeApiException e) {
      boolean isServersTrouble = e.status() == OVERLOADED || e.status() > BROKEN;
      if (e.status() == 0 || isServersTrouble) {
        throw e;
      }
      if (e.status() != CONFLICT && e.status() != NOT_FOUND) {
        refused.put(path, e);
      }
    }
  }

  private static KubeApiException refusal(Map<String, KubeApiException> refused) {
    KubeApiException first = refused.values().iterator().next();
    return KubeApiException.answered(
        "writing " + refused.size() + " objects as they are",
        first.status(),
        first.reason(),
        "kubectl can tell why these cannot be replaced: " + named(refused));
  }

  /** One object that no key fits fails the whole list that it would be in. */
  private static KubeApiException unreadable(
      Map<String, KubeApiException> unlisted, Map<String, KubeApiException> refused) {
    KubeApiException first = unlisted.values().iterator().next();
    return KubeApiException.answered(
        "reading all " + String.join(", ", unlisted.keySet()) + " to write them anew",
        first.status(),
        first.reason(),
        first.getMessage()
            + ". If no key fits an object any more that is named here, put its key back into the"
            + " encryption configuration, or delete the object by \"etcdctl del\" in container"
            + " etcd, since the API can no longer do so; then apply again. All other resources are"
            + " written anew"
            + (refused.isEmpty() ? "" : ", but for " + named(refused)));
  }

  private static String named(Map<String, KubeApiException> refused) {
    return refused.entrySet().stream()
        .limit(MOST_NAMED)
        .map(one -> one.getKey() + " (" + one.getValue().reason() + ")")
        .collect(Collectors.joining(", "));
  }
}
