package io.rke4j.testkit.container;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** What happens to the containers, images and volumes of a host. Thread-safe. */
public final class EngineEvents {

  private static final int KEPT = 256;

  private final List<Event> last = new ArrayList<>();
  private final Set<Consumer<Event>> listeners = new CopyOnWriteArraySet<>();
  private final InstantSource clock;

  EngineEvents(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * One event.
   *
   * @param type {@code container}, {@code image}, {@code volume} or {@code network}
   * @param action for example {@code start}
   * @param id of what it happened to
   * @param attributes what else is known
   * @param at when
   */
  public record Event(
      String type, String action, String id, Map<String, String> attributes, Instant at) {}

  void publish(String type, String action, String id, Map<String, String> attributes) {
    Event event = new Event(type, action, id, new LinkedHashMap<>(attributes), clock.instant());
    synchronized (last) {
      last.add(event);
      if (last.size() > KEPT) {
        last.remove(0);
      }
    }
    listeners.forEach(listener -> listener.accept(event));
  }

  void container(String action, Container container) {
    Map<String, String> attributes = new LinkedHashMap<>(container.settings().labels());
    attributes.put("image", container.settings().image());
    attributes.put("name", container.name());
    publish("container", action, container.id(), attributes);
  }

  /** The last events. */
  public List<Event> last() {
    synchronized (last) {
      return List.copyOf(last);
    }
  }

  /** Hears of every event from now on; must not wait. */
  public void listen(Consumer<Event> listener) {
    listeners.add(listener);
  }

  /** Hears no more. */
  public void leave(Consumer<Event> listener) {
    listeners.remove(listener);
  }
}
