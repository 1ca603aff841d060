package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionListener;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a run has said, and knows in which order that has to come. */
final class Recorder implements ProvisionListener {

  private final List<ProvisionEvent> events = new CopyOnWriteArrayList<>();
  private volatile ProvisionListener other = event -> {};

  @Override
  public void on(ProvisionEvent event) {
    events.add(event);
    other.on(event);
  }

  /** Tells somebody else, too. */
  void onEach(ProvisionListener listener) {
    other = listener;
  }

  /** Everything that was said, as it would stand in a log. */
  String text() {
    StringBuilder text = new StringBuilder();
    events.forEach(event -> text.append(event).append('\n'));
    return text.toString();
  }

  /** Every run that is over had a beginning, an end, no gaps, and ended whatever it began. */
  void assertGrammar() {
    Map<String, List<ProvisionEvent>> runs = new LinkedHashMap<>();
    events.forEach(
        event ->
            runs.computeIfAbsent(event.stamp().run(), run -> new CopyOnWriteArrayList<>())
                .add(event));
    assertThat(runs).isNotEmpty();
    runs.values().forEach(Recorder::assertRun);
  }

  void assertGrammarIfAny() {
    if (!events.isEmpty()) {
      assertGrammar();
    }
  }

  private static void assertRun(List<ProvisionEvent> run) {
    assertThat(run.get(0)).isInstanceOf(ProvisionEvent.RunStarted.class);
    assertThat(run.get(run.size() - 1)).isInstanceOf(ProvisionEvent.RunFinished.class);
    Set<Object> open = new HashSet<>();
    for (int index = 0; index < run.size(); index++) {
      ProvisionEvent event = run.get(index);
      assertThat(event.sequence()).as("sequence of %s", event).isEqualTo(index + 1L);
      follow(event, open);
    }
    assertThat(open).as("begun and never ended").isEmpty();
  }

  private static void follow(ProvisionEvent event, Set<Object> open) {
    if (event instanceof ProvisionEvent.RunStarted) {
      assertThat(open.add("run")).isTrue();
    } else if (event instanceof ProvisionEvent.RunFinished) {
      assertThat(open.remove("run")).as("%s has begun", event).isTrue();
    } else if (event instanceof ProvisionEvent.PhaseStarted started) {
      assertThat(open.add(started.phase())).as("%s is the first", event).isTrue();
    } else if (event instanceof ProvisionEvent.PhaseFinished finished) {
      assertThat(open.remove(finished.phase())).as("%s has begun", event).isTrue();
    } else if (event instanceof ProvisionEvent.StepEvent step) {
      followStep(step, open);
    }
  }

  private static void followStep(ProvisionEvent.StepEvent event, Set<Object> open) {
    assertThat(open).as("phase of %s", event).contains(event.step().phase());
    if (event instanceof ProvisionEvent.StepStarted) {
      assertThat(open.add(event.step())).as("%s is the first", event).isTrue();
    } else if (event instanceof ProvisionEvent.StepSucceeded
        || event instanceof ProvisionEvent.StepFailed) {
      assertThat(open.remove(event.step())).as("%s has begun", event).isTrue();
    } else if (event instanceof ProvisionEvent.StepSkipped) {
      assertThat(open).as("%s did nothing", event).doesNotContain(event.step());
    }
  }
}
