package io.rke4j.testkit.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How an object is to be deleted.
 *
 * @param propagation what is to become of what it owns; empty for what is usual for its kind
 * @param graceSeconds how long it may take; empty for what the object says
 * @param uid which object it has to be; empty for any
 * @param resourceVersion which version it has to be; empty for any
 */
public record Deletion(
    String propagation, Optional<Integer> graceSeconds, String uid, String resourceVersion) {

  /** What it owns is deleted later. */
  public static final String BACKGROUND = "Background";

  /** What it owns is deleted before it. */
  public static final String FOREGROUND = "Foreground";

  /** What it owns stays. */
  public static final String ORPHAN = "Orphan";

  /** As is usual for its kind. */
  public static Deletion usual() {
    return new Deletion("", Optional.empty(), "", "");
  }

  /** At once. */
  public static Deletion now() {
    return new Deletion(BACKGROUND, Optional.of(0), "", "");
  }

  /** As an object of kind DeleteOptions says. */
  public static Deletion of(JsonNode options) {
    String propagation = options.path("propagationPolicy").asText("");
    if (options.has("orphanDependents")) {
      propagation = options.path("orphanDependents").asBoolean() ? ORPHAN : BACKGROUND;
    }
    JsonNode grace = options.path("gracePeriodSeconds");
    return new Deletion(
        propagation,
        grace.isInt() ? Optional.of(grace.asInt()) : Optional.empty(),
        options.path("preconditions").path("uid").asText(""),
        options.path("preconditions").path("resourceVersion").asText(""));
  }
}
