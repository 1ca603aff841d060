package io.rke4j.core.engine;

import io.rke4j.api.plan.StepId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts what steps still wait for, so that the end of one need not have all others looked through.
 * Where a thousand steps wait for one and the same set, that set is counted once. Steps are named
 * by their places in reading order.
 */
final class Prerequisites {

  private final Map<StepId, List<Gate>> awaiting = new HashMap<>();
  private final List<Integer> free = new ArrayList<>();

  /** Steps that start when the last of some others is done. */
  private static final class Gate {

    private final List<Integer> places = new ArrayList<>();
    private int missing;

    Gate(int missing) {
      this.missing = missing;
    }
  }

  Prerequisites(List<Step> steps) {
    IdentityHashMap<Set<StepId>, Gate> gates = new IdentityHashMap<>();
    for (int place = 0; place < steps.size(); place++) {
      Set<StepId> after = steps.get(place).after();
      if (after.isEmpty()) {
        free.add(place);
      } else {
        gates.computeIfAbsent(after, this::gate).places.add(place);
      }
    }
  }

  private Gate gate(Set<StepId> after) {
    Gate gate = new Gate(after.size());
    after.forEach(id -> awaiting.computeIfAbsent(id, unused -> new ArrayList<>()).add(gate));
    return gate;
  }

  /** The steps that wait for nothing. */
  List<Integer> free() {
    return List.copyOf(free);
  }

  /** The steps that waited for this one alone by now. */
  List<Integer> done(StepId step) {
    List<Integer> freed = new ArrayList<>();
    List<Gate> gates = awaiting.remove(step);
    for (Gate gate : gates == null ? List.<Gate>of() : gates) {
      gate.missing--;
      if (gate.missing == 0) {
        freed.addAll(gate.places);
      }
    }
    return freed;
  }
}
