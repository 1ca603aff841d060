package io.rke4j.core.config;

import io.rke4j.api.cluster.PodsBuilder;
import io.rke4j.api.cluster.Taint;
import io.rke4j.api.cluster.Toleration;
import io.rke4j.api.cluster.Toleration.Operator;
import io.rke4j.api.cluster.UpdateStrategy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Reads what the addons and the network plugin have in common. */
final class PodsReader {

  private final FileProblems problems;

  PodsReader(FileProblems problems) {
    this.problems = problems;
  }

  void read(Place addon, PodsBuilder pods) {
    addon.pairs("node_selector").forEach(pods::nodesWith);
    addon.sections("tolerations").forEach(place -> tolerate(place, pods));
    if (addon.has("update_strategy") && !problems.explains(addon.at("update_strategy.strategy"))) {
      strategy(addon.section("update_strategy")).ifPresent(pods::update);
    }
  }

  private void tolerate(Place place, PodsBuilder pods) {
    if (problems.explains(place.at("operator")) || problems.explains(place.at("effect"))) {
      return;
    }
    try {
      pods.tolerate(toleration(place));
    } catch (IllegalArgumentException e) {
      problems.add(place.path(), String.valueOf(e.getMessage()), "");
    }
  }

  private static Toleration toleration(Place place) {
    return new Toleration(
        place.text("key").orElse(""),
        // Kubernetes' default.
        place.text("operator").filter("Exists"::equals).isPresent()
            ? Operator.EXISTS
            : Operator.EQUAL,
        place.text("value").orElse(""),
        effect(place.text("effect").orElse("")),
        place
            .whole("tolerationSeconds")
            .map(seconds -> Duration.ofSeconds(seconds))
            .orElse(Toleration.FOREVER));
  }

  private static Optional<Taint.Effect> effect(String word) {
    return Arrays.stream(Taint.Effect.values())
        .filter(effect -> effect.kubernetesName().equals(word))
        .findFirst();
  }

  /** The strategy that is named; RKE passes over numbers that come without one. */
  private Optional<UpdateStrategy> strategy(Place place) {
    String name = place.text("strategy").orElse("RollingUpdate");
    Place rolling = place.section("rollingUpdate");
    if (!name.equals("RollingUpdate") && !rolling.fields().isEmpty()) {
      problems.add(rolling.path(), "means nothing with strategy " + name, "leave it out");
    }
    return switch (name) {
      case "Recreate" -> Optional.of(new UpdateStrategy.Recreate());
      case "OnDelete" -> Optional.of(new UpdateStrategy.OnDelete());
      default -> rolling(rolling);
    };
  }

  private Optional<UpdateStrategy> rolling(Place place) {
    try {
      return Optional.of(
          new UpdateStrategy.Rolling(
              place.text("maxUnavailable").orElse(""), place.text("maxSurge").orElse("")));
    } catch (IllegalArgumentException e) {
      problems.add(place.path(), String.valueOf(e.getMessage()), "");
      return Optional.empty();
    }
  }
}
