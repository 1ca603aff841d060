package io.rke4j.testkit.kube.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The conditions in an object's status. */
public final class Conditions {

  private Conditions() {}

  /** The condition of a type, if the object has it. */
  public static Optional<JsonNode> find(JsonNode object, String type) {
    return Json.elements(object.path("status").path("conditions"))
        .filter(one -> one.path("type").asText().equals(type))
        .findFirst();
  }

  /** Whether the condition is there and true. */
  public static boolean isTrue(JsonNode object, String type) {
    return find(object, type).filter(one -> one.path("status").asText().equals("True")).isPresent();
  }

  /**
   * Sets a condition. The time of its last transition stays unless its status changes.
   *
   * @param condition with type and status, and what else it is to say
   * @param now the time
   */
  public static void set(ObjectNode object, ObjectNode condition, String now) {
    ArrayNode all = Json.list(Json.child(object, "status"), "conditions");
    String type = condition.path("type").asText();
    Optional<JsonNode> before = find(object, type);
    boolean isSame =
        before.filter(one -> Json.sameField(one, condition, "status")).isPresent()
            && before.get().hasNonNull("lastTransitionTime");
    condition.put(
        "lastTransitionTime", isSame ? before.get().path("lastTransitionTime").asText() : now);
    for (int index = 0; index < all.size(); index++) {
      if (all.get(index).path("type").asText().equals(type)) {
        all.set(index, condition);
        return;
      }
    }
    all.add(condition);
  }
}
