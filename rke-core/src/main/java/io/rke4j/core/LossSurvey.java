package io.rke4j.core;

import io.rke4j.api.StepFailedException;
import io.rke4j.api.cluster.MachineReplacement.WhenUnreachable;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.SideBySide;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.kube.NodeSilence;
import io.rke4j.core.kube.NodeSilence.Silent;
import io.rke4j.core.phase.machine.Replacements;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeConnection;
import io.rke4j.spi.node.NodeInventory;
import io.rke4j.spi.node.NodeUnreachableException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Looks for machines that are lost: Kubernetes has heard nothing of their nodes for as long as the
 * specification says, and they are not reached from here either. How long that is, is what
 * Kubernetes has written down, so it outlives this program. Nothing is changed.
 */
final class LossSurvey {

  private final KubeConnection kube;
  private final NodeInventory machines;
  private final Function<Machine, NodeConnection> connector;
  private final SideBySide lookers;

  LossSurvey(
      KubeConnection kube,
      NodeInventory machines,
      Function<Machine, NodeConnection> connector,
      SideBySide lookers) {
    this.kube = kube;
    this.machines = machines;
    this.connector = connector;
    this.lookers = lookers;
  }

  /**
   * Which of these nodes have lost their machines, and how that is known.
   *
   * @throws StepFailedException if there are such nodes, but they may not be replaced now
   */
  Map<NodeName, String> lost(List<NodeSpec> candidates) {
    if (candidates.isEmpty()) {
      return Map.of();
    }
    NodeSilence silence;
    try {
      silence = kube.api().silence();
    } catch (KubeApiException e) {
      if (!kube.isOnlyForNow(e)) {
        throw e;
      }
      // Without Kubernetes' word for it nobody is replaced; what is out of reach is an error then.
      return Map.of();
    }
    return silence.silent() == 0 ? Map.of() : lost(candidates, silence);
  }

  private Map<NodeName, String> lost(List<NodeSpec> candidates, NodeSilence silence) {
    Map<NodeName, Silent> silent = new LinkedHashMap<>();
    for (NodeSpec node : candidates) {
      silence.of(node.name()).ifPresent(one -> silent.put(node.name(), one));
    }
    Map<NodeName, String> unreached = unreached(candidates, silent);
    Map<NodeName, String> lost = new LinkedHashMap<>();
    Map<StepId, Throwable> refused = new LinkedHashMap<>();
    for (NodeSpec node : candidates) {
      String why = unreached.get(node.name());
      Silent since = silent.get(node.name());
      if (why != null && since != null && node.replacement() instanceof WhenUnreachable policy) {
        String evidence = evidence(since, why);
        lost.put(node.name(), evidence);
        refusal(silence, since, policy.after())
            .ifPresent(
                reason ->
                    refused.put(
                        Replacements.begin(node.name()), refusal(node, evidence + "; " + reason)));
      }
    }
    if (!refused.isEmpty()) {
      throw new StepFailedException(refused);
    }
    return lost;
  }

  /** A few nodes that nobody hears of are lost; most of them have lost their network. */
  private static Optional<String> refusal(NodeSilence silence, Silent since, Duration after) {
    if (2 * silence.silent() > silence.nodes()) {
      return Optional.of(
          "but so it is with %d of %d nodes, which is more like their network than their machines"
              .formatted(silence.silent(), silence.nodes()));
    }
    return since.lasting().compareTo(after) < 0
        ? Optional.of("it may be replaced from " + since.since().plus(after) + " on")
        : Optional.empty();
  }

  private static ProviderException refusal(NodeSpec node, String why) {
    return ProviderException.permanentFailure(
        "node " + node.name() + " is out of reach, and is not replaced now: " + why,
        "Bring it back, apply again later, or take it out of the specification",
        null);
  }

  private static String evidence(Silent silent, String why) {
    return "Kubernetes has heard nothing of its node since %s, for %s (%s), and %s"
        .formatted(silent.since(), words(silent.lasting()), silent.says(), why);
  }

  private static String words(Duration time) {
    return time.toHours() > 0
        ? time.toHours() + "h" + time.toMinutesPart() + "m"
        : time.toMinutes() + "m" + time.toSecondsPart() + "s";
  }

  private Map<NodeName, String> unreached(List<NodeSpec> candidates, Map<NodeName, Silent> silent) {
    Map<NodeName, String> unreached = new ConcurrentHashMap<>();
    Map<NodeName, RuntimeException> failures = new ConcurrentHashMap<>();
    lookers.each(
        candidates.stream().filter(node -> silent.containsKey(node.name())).toList(),
        node -> {
          try {
            unreached(node).ifPresent(why -> unreached.put(node.name(), why));
          } catch (RuntimeException e) {
            failures.put(node.name(), e);
          }
        });
    failures.values().stream()
        .findFirst()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return unreached;
  }

  /** What somebody could do about it is no reason for anything. */
  private static String withoutHint(NodeUnreachableException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.lastIndexOf(". " + e.hint());
    return end < 0 ? message : message.substring(0, end);
  }

  /** Why a node is not reached; empty if anything answers that could be its machine. */
  private Optional<String> unreached(NodeSpec node) {
    Optional<Machine> machine = machines.find(node);
    if (machine.isEmpty()) {
      return Optional.of("its machine does not exist any more");
    }
    try {
      connector.apply(machine.get()).close();
      return Optional.empty();
    } catch (NodeUnreachableException e) {
      return Optional.of(withoutHint(e));
    } catch (ProviderException e) {
      // Something answers there: what is wrong with it is told by whoever wants to work on it.
      return Optional.empty();
    }
  }
}
