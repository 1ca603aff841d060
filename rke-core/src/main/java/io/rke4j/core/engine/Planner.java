package io.rke4j.core.engine;

import io.rke4j.api.StepFailedException;
import io.rke4j.api.plan.PlannedStep;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.host.Hosts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Asks every step what it would do; hosts are looked at side by side. */
public final class Planner {

  private final ExecutorService workers;
  private final Decisions decisions;

  /** Plans on these threads, looking at these hosts. */
  public Planner(ExecutorService workers, Hosts hosts) {
    this.workers = workers;
    this.decisions = new Decisions(hosts);
  }

  /**
   * The steps with what each would do, in the order given.
   *
   * @throws StepFailedException if steps cannot be decided, with every reason
   */
  public List<PlannedStep> plan(List<Step> steps) {
    StepOrder.check(steps);
    Map<String, List<Step>> byTarget = new LinkedHashMap<>();
    steps.forEach(
        step -> byTarget.computeIfAbsent(step.id().target(), name -> new ArrayList<>()).add(step));
    List<Future<Looked>> looks = new ArrayList<>();
    byTarget.values().forEach(sameTarget -> looks.add(workers.submit(() -> look(sameTarget))));
    Map<StepId, PlannedStep> planned = new LinkedHashMap<>();
    Map<StepId, Throwable> failures = new LinkedHashMap<>();
    for (Future<Looked> look : looks) {
      Looked looked = await(look);
      planned.putAll(looked.planned());
      failures.putAll(looked.failures());
    }
    if (!failures.isEmpty()) {
      throw new StepFailedException(failures);
    }
    return steps.stream().map(step -> planned.get(step.id())).toList();
  }

  private record Looked(Map<StepId, PlannedStep> planned, Map<StepId, Throwable> failures) {}

  private Looked look(List<Step> steps) {
    Looked looked = new Looked(new LinkedHashMap<>(), new LinkedHashMap<>());
    for (Step step : steps) {
      try {
        looked
            .planned()
            .put(
                step.id(),
                new PlannedStep(
                    step.id(), step.title(), decisions.of(step), decisions.definition(step)));
      } catch (RuntimeException e) {
        looked.failures().put(step.id(), e);
        // What makes one look at a host fail makes the others fail too; once is enough to hear of
        // it.
        break;
      }
    }
    return looked;
  }

  private static Looked await(Future<Looked> look) {
    try {
      return look.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("planning stopped unexpectedly", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("planning was interrupted", e);
    }
  }
}
