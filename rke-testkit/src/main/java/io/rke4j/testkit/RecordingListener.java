package io.rke4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionListener;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps every event of one or several runs, and knows the order that a listener is promised. */
public final class RecordingListener implements ProvisionListener {

  private final List<ProvisionEvent> events = new ArrayList<>();
  private volatile ProvisionListener other = event -> {};

  /** One that has already heard these. */
  public static RecordingListener of(Iterable<? extends ProvisionEvent> heard) {
    RecordingListener recorder = new RecordingListener();
    heard.forEach(recorder::on);
    return recorder;
  }

  @Override
  public void on(ProvisionEvent event) {
    synchronized (this) {
      events.add(event);
    }
    other.on(event);
  }

  /** From now on tells somebody else, too; only the last one who was named here. */
  public void forwardTo(ProvisionListener listener) {
    other = listener;
  }

  /** Everything so far. */
  public synchronized List<ProvisionEvent> events() {
    return List.copyOf(events);
  }

  /** The events of one kind. */
  public <E extends ProvisionEvent> List<E> events(Class<E> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Everything that was said, as it would stand in a log: a line for each event. */
  public String text() {
    StringBuilder text = new StringBuilder();
    events().forEach(event -> text.append(event).append('\n'));
    return text.toString();
  }

  /**
   * What happened, for people: a short line for each event, with the seconds since the first one.
   */
  public String summary() {
    return EventSummary.of(events());
  }

  /**
   * Checks what {@link ProvisionListener} promises of runs that are over: each has a beginning, an
   * end, and no gaps, and ended whatever it began.
   *
   * @throws AssertionError naming the first event that is out of place; also if there was no run
   */
  public void assertWellFormed() {
    Map<String, List<ProvisionEvent>> runs = new LinkedHashMap<>();
    events()
        .forEach(
            event ->
                runs.computeIfAbsent(event.stamp().run(), run -> new ArrayList<>()).add(event));
    assertThat(runs).as("runs").isNotEmpty();
    runs.values().forEach(RecordingListener::assertRun);
  }

  private static void assertRun(List<ProvisionEvent> run) {
    assertThat(run.get(0)).isInstanceOf(ProvisionEvent.RunStarted.class);
    assertThat(run.get(run.size() - 1)).isInstanceOf(ProvisionEvent.RunFinished.class);
    assertThat(run)
        .as("beginning and end")
        .filteredOn(ProvisionEvent.RunEvent.class::isInstance)
        .hasSize(2);
    Open open = new Open(new HashSet<>(), new HashSet<>());
    for (int index = 0; index < run.size(); index++) {
      assertThat(run.get(index).sequence()).as("%s", run.get(index)).isEqualTo(index + 1L);
      open.follow(run.get(index));
    }
    assertThat(open.phases()).as("phases without an end").isEmpty();
    assertThat(open.steps()).as("steps without an end").isEmpty();
  }

  /** What has begun and not ended yet. */
  private record Open(Set<Phase> phases, Set<StepId> steps) {

    void follow(ProvisionEvent event) {
      if (event instanceof ProvisionEvent.PhaseStarted started) {
        assertThat(phases.add(started.phase())).as("%s is the first", event).isTrue();
      } else if (event instanceof ProvisionEvent.PhaseFinished finished) {
        assertThat(steps).extracting(StepId::phase).doesNotContain(finished.phase());
        assertThat(phases.remove(finished.phase())).as("%s has begun", event).isTrue();
      } else if (event instanceof ProvisionEvent.StepEvent step) {
        assertThat(phases).as("phase of %s", event).contains(step.step().phase());
        follow(step);
      }
    }

    private void follow(ProvisionEvent.StepEvent event) {
      if (event instanceof ProvisionEvent.StepStarted) {
        assertThat(steps.add(event.step())).as("%s is the first", event).isTrue();
      } else if (event instanceof ProvisionEvent.StepSkipped) {
        assertThat(steps).as("%s did nothing", event).doesNotContain(event.step());
      } else {
        assertThat(steps).as("%s has begun", event).contains(event.step());
      }
      if (event instanceof ProvisionEvent.StepSucceeded
          || event instanceof ProvisionEvent.StepFailed) {
        steps.remove(event.step());
      }
    }
  }
}
