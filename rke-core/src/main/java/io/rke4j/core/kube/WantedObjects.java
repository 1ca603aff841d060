package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.spi.addon.KubeApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Objects that are to be in a cluster, as they are to be: fields that nobody wants anything of stay
 * as they are. Thread-safe.
 */
public final class WantedObjects {

  private static final int ATTEMPTS = 5;
  private static final int CONFLICT = 409;

  private final KubeClient client;
  private final List<Wanted> wanted;

  /** These objects, in the order in which they are made. */
  public WantedObjects(KubeClient client, List<Wanted> wanted) {
    this.client = client;
    this.wanted = List.copyOf(wanted);
  }

  /** What is missing or different, in words; empty if all is there. Read-only. */
  public List<String> differences() {
    List<String> differences = new ArrayList<>();
    for (Wanted one : wanted) {
      Optional<ObjectNode> observed = client.find(one.path());
      if (observed.isEmpty()) {
        differences.add(one.words() + " is missing");
      } else if (!KubeJson.holds(observed.get(), one.object())) {
        differences.add(one.words() + " is different");
      }
    }
    return differences;
  }

  /** All of them, in words. */
  public List<String> words() {
    return wanted.stream().map(Wanted::words).toList();
  }

  /** Creates what is missing and corrects what is different. */
  public void apply() {
    wanted.forEach(this::apply);
  }

  private void apply(Wanted one) {
    for (int attempt = 1; ; attempt++) {
      try {
        write(one);
        return;
      } catch (KubeApiException e) {
        // Somebody else, perhaps the API server at its own start, wrote the object meanwhile.
        if (e.status() != CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void write(Wanted one) {
    Optional<ObjectNode> observed = client.find(one.path());
    if (observed.isEmpty()) {
      client.create(one.collection(), one.object());
    } else if (!KubeJson.holds(observed.get().path("roleRef"), one.object().path("roleRef"))) {
      // Kubernetes lets nobody change which role a binding gives.
      client.delete(one.path());
      client.create(one.collection(), one.object());
    } else if (!KubeJson.holds(observed.get(), one.object())) {
      KubeJson.overlay(observed.get(), one.object());
      client.replace(one.path(), observed.get());
    }
  }

  /**
   * An object and the collection that it belongs to.
   *
   * @param collection the path of the collection
   * @param object what is wanted of the object, its name included; not printed, for it may be a
   *     Secret
   */
  public record Wanted(String collection, ObjectNode object) {

    /** Where the object is. */
    public String path() {
      return collection + "/" + object.at("/metadata/name").asText();
    }

    /** Its kind and name. */
    public String words() {
      return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
    }

    @Override
    public String toString() {
      return "Wanted[" + path() + "]";
    }
  }
}
