package io.rke4j.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.spi.OperationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadyStepsTest {

  private final List<Step> steps = new ArrayList<>();

  private Step on(String node, StepId... after) {
    StepId id = new StepId(Phase.NODE, "step-" + steps.size(), node);
    Step step = new Waiting(id, Optional.of(NodeName.of(node)), Set.of(after));
    steps.add(step);
    return step;
  }

  private Step once() {
    StepId id = new StepId(Phase.NODE, "step-" + steps.size(), StepId.CLUSTER);
    Step step = new Waiting(id, Optional.empty(), Set.of());
    steps.add(step);
    return step;
  }

  /** A step that is never carried out. */
  private record Waiting(StepId id, Optional<NodeName> worksOn, Set<StepId> after)
      implements Step.OnCluster {
    @Override
    public String title() {
      return id.toString();
    }

    @Override
    public Decision inspect() {
      throw new AssertionError();
    }

    @Override
    public void apply(OperationContext context) {
      throw new AssertionError();
    }
  }

  private ReadySteps allReady(int mostNodes) {
    ReadySteps ready = new ReadySteps(mostNodes);
    for (int place = steps.size() - 1; place >= 0; place--) {
      ready.add(place, steps.get(place));
    }
    return ready;
  }

  private static List<Step> taken(ReadySteps ready) {
    List<Step> taken = new ArrayList<>();
    for (Optional<Step> next = ready.take(); next.isPresent(); next = ready.take()) {
      taken.add(next.get());
    }
    return taken;
  }

  @Test
  void aNodeThatIsWorkedOnHasRoomForAllItsStepsAndOthersWait() {
    Step one = on("a");
    Step other = on("b");
    Step cluster = once();
    Step more = on("a");

    ReadySteps ready = allReady(1);

    assertThat(taken(ready)).containsExactly(one, cluster, more);
    ready.release(one);
    assertThat(taken(ready)).isEmpty();
    ready.release(more);
    assertThat(taken(ready)).containsExactly(other);
  }

  @Test
  void withRoomForAllTheyComeInReadingOrder() {
    on("b");
    on("a");
    once();
    on("b");

    assertThat(taken(allReady(2))).isEqualTo(steps);
  }

  @Test
  void aStepThatBecomesReadyJoinsThoseOfItsNode() {
    Step one = on("a");
    Step other = on("b");
    Step late = on("a");
    ReadySteps ready = new ReadySteps(1);
    ready.add(0, one);
    ready.add(1, other);
    assertThat(taken(ready)).containsExactly(one);

    ready.add(2, late);

    assertThat(taken(ready)).containsExactly(late);
  }

  @Test
  void aStepIsFreedByTheLastOfThoseThatItWaitsFor() {
    Step one = on("a");
    Step other = on("b");
    on("a", one.id(), other.id());
    on("b", one.id());

    Prerequisites prerequisites = new Prerequisites(steps);

    assertThat(prerequisites.free()).containsExactly(0, 1);
    assertThat(prerequisites.done(one.id())).containsExactly(3);
    assertThat(prerequisites.done(other.id())).containsExactly(2);
    assertThat(prerequisites.done(other.id())).isEmpty();
  }
}
