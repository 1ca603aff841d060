package io.rke4j.core.management;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.core.management.Condition.Status;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The conditions of one cluster or node, by Rancher's rules: what begins is Unknown unless it has
 * failed before, what succeeds is True without words, what fails is False with reason {@code
 * Error}. For one thread.
 */
final class Conditions {

  /** What a cluster or node is called while a condition is not True. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("Initialized", "initializing"),
          Map.entry("Provisioned", "provisioning"),
          Map.entry("AgentDeployed", "provisioning"),
          Map.entry("Saved", "saving"),
          Map.entry("Registered", "registering"),
          Map.entry("Pending", "pending"),
          Map.entry("Waiting", "waiting"),
          Map.entry("Updated", "updating"),
          Map.entry("BackingNamespaceCreated", "configuring"),
          Map.entry("DefaultProjectCreated", "configuring"),
          Map.entry("SystemProjectCreated", "configuring"),
          Map.entry("CreatorMadeOwner", "configuring"),
          Map.entry("InitialRolesPopulated", "activating"),
          Map.entry("Removed", "removing"),
          Map.entry("Ready", "unavailable"));

  private final Map<String, Condition> conditions = new LinkedHashMap<>();
  private final Clock clock;

  Conditions(Clock clock) {
    this.clock = clock;
  }

  /** Takes over what an earlier run has written, as far as this one has not said otherwise. */
  void recall(JsonNode status) {
    KubeJson.elements(status.path("conditions"))
        .map(Condition::of)
        .forEach(condition -> conditions.putIfAbsent(condition.type(), condition));
  }

  boolean isKnown(String type) {
    return conditions.containsKey(type);
  }

  boolean isTrue(String type) {
    return is(type, Status.TRUE);
  }

  private boolean is(String type, Status status) {
    return Optional.ofNullable(conditions.get(type))
        .map(Condition::status)
        .filter(status::equals)
        .isPresent();
  }

  /** It is being worked on. */
  void begin(String type, String message) {
    set(type, is(type, Status.FALSE) ? Status.FALSE : Status.UNKNOWN, "", message);
  }

  /** It is being worked on, unless it was done before. */
  void beginOnce(String type, String message) {
    if (!isTrue(type)) {
      begin(type, message);
    }
  }

  /** Says how far it is; what is True needs no words. */
  void mention(String type, String message) {
    if (conditions.containsKey(type) && !isTrue(type)) {
      begin(type, message);
    }
  }

  void succeed(String type) {
    set(type, Status.TRUE, "", "");
  }

  void fail(String type, String message) {
    set(type, Status.FALSE, Condition.ERROR, message);
  }

  /** Nobody knows, since it was stopped. */
  void interrupt(String type, String reason, String message) {
    set(type, Status.UNKNOWN, reason, message);
  }

  private void set(String type, Status status, String reason, String message) {
    Condition before =
        conditions.computeIfAbsent(type, name -> Condition.first(name, clock.instant()));
    conditions.put(type, before.now(status, reason, message, clock.instant()));
  }

  /** One word: that of the last failure, else that of the first thing under way. */
  String state() {
    String state = "active";
    boolean failed = false;
    for (Condition condition : conditions.values()) {
      String word = WORDS.getOrDefault(condition.type(), "active");
      if (condition.status() == Status.FALSE) {
        state = word;
        failed = true;
      } else if (condition.status() == Status.UNKNOWN && !failed && state.equals("active")) {
        state = word;
      }
    }
    return failed ? "error: " + state : state;
  }

  String message() {
    return conditions.values().stream()
        .map(Condition::message)
        .filter(text -> !text.isEmpty())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** As the status of a record. */
  ObjectNode json(String run) {
    ObjectNode status = KubeJson.object();
    status.put("state", state()).put("message", message()).put("run", run);
    ArrayNode list = status.putArray("conditions");
    conditions.values().forEach(condition -> list.add(condition.json()));
    return status;
  }

  /** Which conditions are how, without words: a change of it is worth a request at once. */
  String outline() {
    return conditions.values().stream()
        .map(one -> one.type() + one.status() + one.reason())
        .collect(Collectors.joining(","));
  }
}
