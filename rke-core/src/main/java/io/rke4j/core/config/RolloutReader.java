package io.rke4j.core.config;

import io.rke4j.api.cluster.Drain;
import io.rke4j.api.cluster.RolloutBuilder;
import java.time.Duration;

/** Reads {@code upgrade_strategy}. */
record RolloutReader(Place strategy, FileProblems problems) {

  void read(RolloutBuilder builder) {
    strategy.text("max_unavailable_worker").ifPresent(builder::workers);
    strategy.text("max_unavailable_controlplane").ifPresent(builder::controlPlane);
    Place input = strategy.section("node_drain_input");
    if (strategy.truth("drain").orElse(false)) {
      builder.drain(usual -> drain(input, usual));
    } else if (isTold(input)) {
      problems.add(
          strategy.at("node_drain_input"),
          "has no effect without " + strategy.at("drain") + ": true",
          "leave it out, or drain nodes");
    }
  }

  private static Drain.On drain(Place input, Drain.On usual) {
    return new Drain.On(
        input.truth("force").orElse(usual.force()),
        input.truth("ignore_daemonsets").orElse(usual.ignoreDaemonSets()),
        input.truth("delete_local_data").orElse(usual.deleteLocalData()),
        input.whole("grace_period").orElse(usual.gracePeriod()),
        input.whole("timeout").map(Duration::ofSeconds).orElse(usual.timeout()));
  }

  /** RKE's defaults are written into files by its tools, whether or not nodes are drained. */
  private static boolean isTold(Place input) {
    try {
      return !drain(input, Drain.On.DEFAULT).equals(Drain.On.DEFAULT);
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
