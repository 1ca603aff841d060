package io.rke4j.core.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionListener;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Keeps every event, and knows the order that a listener is promised. */
public final class RecordingListener implements ProvisionListener {

  private final List<ProvisionEvent> events = new ArrayList<>();

  @Override
  public synchronized void on(ProvisionEvent event) {
    events.add(event);
  }

  /** Everything so far. */
  public synchronized List<ProvisionEvent> events() {
    return List.copyOf(events);
  }

  /** The events of one kind. */
  public <E extends ProvisionEvent> List<E> events(Class<E> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Checks what every finished run promises. */
  public void checkGrammar() {
    List<ProvisionEvent> all = events();
    assertThat(all)
        .extracting(ProvisionEvent::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, all.size()).boxed().toList());
    assertThat(all.get(0)).isInstanceOf(ProvisionEvent.RunStarted.class);
    assertThat(all.get(all.size() - 1)).isInstanceOf(ProvisionEvent.RunFinished.class);
    assertThat(events(ProvisionEvent.RunEvent.class)).hasSize(2);
    Set<Phase> phases = new HashSet<>();
    Set<StepId> steps = new HashSet<>();
    for (ProvisionEvent event : all) {
      if (event instanceof ProvisionEvent.PhaseStarted started) {
        assertThat(phases.add(started.phase())).as("%s", event).isTrue();
      } else if (event instanceof ProvisionEvent.PhaseFinished finished) {
        assertThat(steps).extracting(StepId::phase).doesNotContain(finished.phase());
        assertThat(phases.remove(finished.phase())).as("%s", event).isTrue();
      } else if (event instanceof ProvisionEvent.StepEvent step) {
        assertThat(phases).as("%s", event).contains(step.step().phase());
        checkStep(step, steps);
      }
    }
    assertThat(phases).isEmpty();
    assertThat(steps).isEmpty();
  }

  private static void checkStep(ProvisionEvent.StepEvent event, Set<StepId> open) {
    if (event instanceof ProvisionEvent.StepStarted) {
      assertThat(open.add(event.step())).as("%s", event).isTrue();
    } else if (event instanceof ProvisionEvent.StepSkipped) {
      open.remove(event.step());
    } else {
      assertThat(open).as("%s", event).contains(event.step());
      if (event instanceof ProvisionEvent.StepSucceeded
          || event instanceof ProvisionEvent.StepFailed) {
        open.remove(event.step());
      }
    }
  }
}
