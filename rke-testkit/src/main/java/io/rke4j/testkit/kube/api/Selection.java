package io.rke4j.testkit.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.select.FieldSelector;
import io.rke4j.testkit.kube.select.LabelSelector;
import java.util.function.Predicate;

/** Which objects of a collection a request is about. */
final class Selection {

  private Selection() {}

  static Predicate<JsonNode> of(Target target, ApiRequest request) {
    Predicate<JsonNode> chosen =
        LabelSelector.parse(request.parameter("labelSelector"))
            .and(
                FieldSelector.parse(
                    target.type().collection(), request.parameter("fieldSelector")));
    if (!target.namespace().isEmpty()) {
      chosen = chosen.and(object -> Meta.namespace(object).equals(target.namespace()));
    }
    return target.name().isEmpty()
        ? chosen
        : chosen.and(object -> Meta.name(object).equals(target.name()));
  }
}
