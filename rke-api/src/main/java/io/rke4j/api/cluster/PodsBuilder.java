package io.rke4j.api.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects where the pods of an addon run; what is not said is as with RKE. */
public final class PodsBuilder {

  private final String path;
  private final Kind kind;
  private final Problems problems;
  private final Map<String, String> nodeSelector = new TreeMap<>();
  private final List<Toleration> tolerations = new ArrayList<>();
  private UpdateStrategy update = UpdateStrategy.USUAL;
  private String priorityClass = "";
  private String priorityKey;

  /** What the pods belong to; it decides how they can be replaced. */
  enum Kind {
    DEPLOYMENT,
    DAEMON_SET
  }

  PodsBuilder(String path, String priorityKey, Kind kind, Problems problems) {
    this.path = path;
    this.priorityKey = priorityKey;
    this.kind = kind;
    this.problems = problems;
  }

  /** The key that names the priority class, as messages call it. */
  void priorityKey(String key) {
    this.priorityKey = key;
  }

  /** A label that their nodes must have. */
  public PodsBuilder nodesWith(String label, String value) {
    NodeLabels.check(path + ".node_selector." + label, label, value, problems);
    nodeSelector.put(label, value);
    return this;
  }

  /** A taint that they tolerate. The first one replaces what the addon tolerates anyway. */
  public PodsBuilder tolerate(Toleration toleration) {
    String place = path + ".tolerations[" + tolerations.size() + "]";
    if (!toleration.key().isEmpty()) {
      NodeLabels.check(place, toleration.key(), toleration.value(), problems);
    }
    tolerations.add(toleration);
    return this;
  }

  /** How they are replaced when they change; {@link UpdateStrategy#USUAL} if not called. */
  public PodsBuilder update(UpdateStrategy strategy) {
    String place = path + ".update_strategy";
    boolean isDaemonSet = kind == Kind.DAEMON_SET;
    if (strategy instanceof UpdateStrategy.Recreate && isDaemonSet) {
      problems.add(place, "Recreate is not for a DaemonSet", "use RollingUpdate or OnDelete");
    }
    if (strategy instanceof UpdateStrategy.OnDelete && !isDaemonSet) {
      problems.add(place, "OnDelete is not for a Deployment", "use RollingUpdate or Recreate");
    }
    if (strategy instanceof UpdateStrategy.Rolling rolling) {
      checkRolling(place + ".rollingUpdate", rolling);
    }
    this.update = strategy;
    return this;
  }

  private void checkRolling(String place, UpdateStrategy.Rolling rolling) {
    boolean mayNotVanish = rolling.maxUnavailable().matches("0+%?");
    boolean mayNotSurge = kind == Kind.DAEMON_SET || rolling.maxSurge().matches("0+%?");
    if (kind == Kind.DAEMON_SET && !rolling.maxSurge().isEmpty()) {
      problems.add(place + ".maxSurge", "is not for a DaemonSet", "leave it out");
    }
    if (mayNotVanish && mayNotSurge) {
      problems.add(
          place + ".maxUnavailable", "is 0, so that no pod could ever be replaced", "allow one");
    }
  }

  /** The PriorityClass of the pods, which the cluster must have. */
  public PodsBuilder priorityClass(String name) {
    priorityClass = PriorityClasses.check(path + "." + priorityKey, name, problems);
    return this;
  }

  PodsSpec build() {
    return new PodsSpec(nodeSelector, tolerations, update, priorityClass);
  }
}
