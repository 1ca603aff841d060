package io.rke4j.api.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Collects how metrics-server is deployed; what is not said gets RKE's default. */
public final class MetricsBuilder {

  private final Problems problems;
  private final PodsBuilder pods;
  private final Map<String, String> options = new TreeMap<>();
  private int replicas = 1;
  private boolean enabled = true;

  MetricsBuilder(Problems problems) {
    this.problems = problems;
    this.pods =
        new PodsBuilder(
            "monitoring",
            "metrics_server_priority_class_name",
            PodsBuilder.Kind.DEPLOYMENT,
            problems);
  }

  /** Whether it is deployed; it is if not called. */
  public MetricsBuilder enabled(boolean wanted) {
    this.enabled = wanted;
    return this;
  }

  /** A further flag, without leading dashes. */
  public MetricsBuilder option(String flag, String value) {
    options.put(flag, value);
    return this;
  }

  /** How many run; one if not called. */
  public MetricsBuilder replicas(int number) {
    if (number < 1) {
      problems.add(
          "monitoring.replicas",
          "must be at least 1, but is " + number,
          "deploy no metrics-server by provider none");
    }
    this.replicas = number;
    return this;
  }

  /** Where its pods run. */
  public MetricsBuilder pods(Consumer<PodsBuilder> placement) {
    placement.accept(pods);
    return this;
  }

  MetricsSpec build() {
    return new MetricsSpec(enabled, options, pods.build(), replicas);
  }
}
