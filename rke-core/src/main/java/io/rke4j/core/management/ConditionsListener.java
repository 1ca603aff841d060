package io.rke4j.core.management;

import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionEvent.NodeReady;
import io.rke4j.api.event.ProvisionEvent.NodeRemoved;
import io.rke4j.api.event.ProvisionEvent.Outcome;
import io.rke4j.api.event.ProvisionEvent.RunFinished;
import io.rke4j.api.event.ProvisionEvent.RunStarted;
import io.rke4j.api.event.ProvisionEvent.StepEvent;
import io.rke4j.api.event.ProvisionEvent.StepFailed;
import io.rke4j.api.event.ProvisionEvent.StepSkipped;
import io.rke4j.api.event.ProvisionEvent.StepStarted;
import io.rke4j.api.event.ProvisionEvent.StepSucceeded;
import io.rke4j.api.event.ProvisionListener;
import io.rke4j.api.plan.Plan.Goal;
import io.rke4j.api.plan.StepId;
import io.rke4j.spi.ProviderException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what happens in one run as conditions of the records in the management cluster. What
 * cannot be written is logged, and written with what comes next. Warnings change no condition.
 */
public final class ConditionsListener implements ProvisionListener {

  private static final Logger log = LoggerFactory.getLogger(ConditionsListener.class);
  private static final List<String> ONCE =
      List.of("BackingNamespaceCreated", "InitialRolesPopulated");

  private final StatusPatches statuses;
  private final boolean hasOwner;
  private final Clock clock;
  private final WrittenConditions cluster;
  private final Map<String, WrittenConditions> nodes = new LinkedHashMap<>();
  private Goal goal = Goal.PROVISION;
  private boolean recalled;

  /** For one run on the cluster of an account. */
  public ConditionsListener(ClusterAccount account, Clock clock) {
    this.statuses = account.statuses();
    this.hasOwner = account.hasOwner();
    this.clock = clock;
    this.cluster = new WrittenConditions(statuses, statuses.cluster(), clock);
  }

  @Override
  public void on(ProvisionEvent event) {
    if (event instanceof RunStarted started) {
      begin(started);
    } else if (event instanceof RunFinished finished) {
      finish(finished.outcome());
    } else if (event instanceof StepEvent step) {
      step(step);
    } else if (event instanceof NodeReady ready) {
      node(ready.node()).ifPresent(conditions -> conditions.succeed("Ready"));
    } else if (event instanceof NodeRemoved removed) {
      node(removed.node()).ifPresent(this::removed);
    }
    write(event.stamp().run(), event instanceof RunFinished);
  }

  private void removed(Conditions node) {
    if (goal == Goal.REMOVE) {
      node.succeed("Removed");
    } else {
      // It is still wanted: its machine is replaced, and it comes anew.
      node.begin("Registered", "waiting to register with Kubernetes");
    }
  }

  private void begin(RunStarted started) {
    goal = started.plan().goal();
    started
        .plan()
        .spec()
        .nodes()
        .forEach(
            node -> {
              String name = node.name().value();
              nodes.put(name, new WrittenConditions(statuses, statuses.node(name), clock));
            });
    recall();
    Conditions all = cluster.conditions();
    if (goal == Goal.REMOVE) {
      all.begin("Removed", "removing the cluster from its hosts");
      nodes.values().forEach(node -> node.conditions().begin("Removed", "to be removed"));
      return;
    }
    all.succeed("Pending");
    all.beginOnce("Provisioned", "");
    all.beginOnce("Waiting", "Waiting for API to be available");
    ONCE.forEach(type -> all.beginOnce(type, ""));
    all.begin("Updated", "");
    nodes.values().forEach(node -> begin(node.conditions()));
  }

  private static void begin(Conditions node) {
    node.beginOnce("Initialized", "");
    node.beginOnce("Provisioned", "");
    node.beginOnce("Saved", "");
    node.beginOnce("Registered", "waiting to register with Kubernetes");
    node.begin("Updated", "");
  }

  private void recall() {
    try {
      cluster.recall();
      nodes.values().forEach(WrittenConditions::recall);
      recalled = true;
    } catch (ProviderException e) {
      log.warn("the conditions of earlier runs cannot be read: {}", e.toString());
    }
  }

  private Optional<Conditions> node(String name) {
    return Optional.ofNullable(nodes.get(name)).map(WrittenConditions::conditions);
  }

  private void step(StepEvent event) {
    if (event instanceof StepStarted started) {
      mention(started.step(), started.title());
    } else if (event instanceof StepSucceeded || event instanceof StepSkipped) {
      StepConditions.done(event.step(), cluster.conditions(), nodes.keySet(), this::node, hasOwner);
    } else if (event instanceof StepFailed failed) {
      fail(failed.step(), String.valueOf(failed.cause().getMessage()));
    }
  }

  private void mention(StepId step, String title) {
    for (String type : List.of("Provisioned", "Updated", "Removed")) {
      cluster.conditions().mention(type, title);
      node(step.target()).ifPresent(node -> node.mention(type, title));
    }
    StepConditions.begun(step, cluster.conditions());
  }

  private void fail(StepId step, String why) {
    String text = step + ": " + why;
    fail(cluster.conditions(), text);
    StepConditions.failed(step, cluster.conditions(), text);
    node(step.target()).ifPresent(node -> fail(node, text));
  }

  private void fail(Conditions conditions, String text) {
    if (goal == Goal.REMOVE) {
      conditions.fail("Removed", text);
      return;
    }
    if (!conditions.isTrue("Provisioned")) {
      conditions.fail("Provisioned", text);
    }
    conditions.fail("Updated", text);
  }

  private void finish(Outcome outcome) {
    Conditions all = cluster.conditions();
    if (outcome == Outcome.CANCELLED) {
      interrupt(all);
      nodes.values().forEach(node -> interrupt(node.conditions()));
    } else if (outcome == Outcome.SUCCEEDED && goal == Goal.PROVISION) {
      List.of("Provisioned", "Updated", "Ready").forEach(all::succeed);
      nodes.values().forEach(node -> node.conditions().succeed("Updated"));
    } else if (outcome == Outcome.SUCCEEDED) {
      all.succeed("Removed");
    }
  }

  private void interrupt(Conditions conditions) {
    for (String type : List.of("Provisioned", "Updated", "Removed")) {
      if (conditions.isKnown(type) && !conditions.isTrue(type)) {
        conditions.interrupt(type, "Cancelled", "the run was cancelled");
      }
    }
  }

  private void write(String run, boolean isEnd) {
    if (!recalled) {
      // Else times and whole conditions of earlier runs would be lost.
      recall();
      if (!recalled) {
        return;
      }
    }
    try {
      cluster.write(run, isEnd);
      for (WrittenConditions node : nodes.values()) {
        node.write(run, isEnd);
      }
    } catch (ProviderException e) {
      log.warn("the conditions cannot be written to the management cluster: {}", e.toString());
    }
  }
}
