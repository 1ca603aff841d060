package io.rke4j.testkit.kube.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.status.KubeFailure;
import io.rke4j.testkit.kube.store.StoreEvent.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What etcd is to Kubernetes: objects under keys, one version for the whole, and the changes since
 * a version. The trees in it are never changed, only replaced. Thread-safe.
 */
final class VersionedObjects {

  private static final int REMEMBERED = 2_000;

  private final Map<String, SortedMap<String, ObjectNode>> collections = new ConcurrentHashMap<>();
  private final PodsByNode pods = new PodsByNode();
  private final Deque<StoreEvent> history = new ArrayDeque<>();
  private final Set<Consumer<StoreEvent>> watchers = new LinkedHashSet<>();
  private long revision = 1;
  private long forgotten;

  /** Does several things as if they were one. */
  synchronized <T> T atomically(Supplier<T> action) {
    return action.get();
  }

  synchronized long revision() {
    return revision;
  }

  synchronized Optional<ObjectNode> find(Key key) {
    return Optional.ofNullable(collection(key.collection()).get(key.path()));
  }

  /** The objects whose path starts with a prefix, by path; a view of this moment. */
  synchronized SortedMap<String, ObjectNode> list(String collection, String prefix) {
    return new TreeMap<>(collection(collection).subMap(prefix, prefix + Character.MAX_VALUE));
  }

  /** Those of them that a condition holds for. */
  synchronized List<ObjectNode> select(
      String collection, String prefix, Predicate<ObjectNode> condition) {
    return collection(collection).subMap(prefix, prefix + Character.MAX_VALUE).values().stream()
        .filter(condition)
        .toList();
  }

  /** The pods of a node that a condition holds for, without a look at those of other nodes. */
  synchronized List<ObjectNode> podsOn(String node, Predicate<ObjectNode> condition) {
    return pods.on(node).filter(condition).toList();
  }

  /** Puts an object at a key and gives it the next version. */
  synchronized ObjectNode put(Key key, ObjectNode object) {
    Optional<ObjectNode> previous = find(key);
    ObjectNode stored = versioned(object);
    collection(key.collection()).put(key.path(), stored);
    pods.note(key, previous, Optional.of(stored));
    publish(previous.isEmpty() ? Change.ADDED : Change.MODIFIED, key, stored, previous);
    return stored;
  }

  /** Takes an object away; the answer is its last state, in the version of its removal. */
  synchronized Optional<ObjectNode> remove(Key key) {
    Optional<ObjectNode> previous =
        Optional.ofNullable(collection(key.collection()).remove(key.path()));
    return previous.map(
        object -> {
          ObjectNode last = versioned(object);
          pods.note(key, previous, Optional.empty());
          publish(Change.DELETED, key, last, previous);
          return last;
        });
  }

  private ObjectNode versioned(ObjectNode object) {
    revision++;
    ObjectNode copy = object.deepCopy();
    Meta.of(copy).put("resourceVersion", Long.toString(revision));
    return copy;
  }

  private void publish(Change change, Key key, ObjectNode object, Optional<ObjectNode> previous) {
    StoreEvent event = new StoreEvent(change, key.collection(), object, previous, revision);
    history.addLast(event);
    if (history.size() > REMEMBERED) {
      forgotten = history.removeFirst().revision();
    }
    watchers.forEach(watcher -> watcher.accept(event));
  }

  /**
   * Tells of all changes after a version, and then of every further one, in order. The watcher is
   * called while the store is locked: it must not wait for anything.
   */
  synchronized void watch(long after, Consumer<StoreEvent> watcher) {
    if (after < forgotten) {
      throw KubeFailure.expired("too old resource version: %d (%d)".formatted(after, revision));
    }
    history.stream().filter(event -> event.revision() > after).forEach(watcher);
    watchers.add(watcher);
  }

  synchronized void unwatch(Consumer<StoreEvent> watcher) {
    watchers.remove(watcher);
  }

  /** Forgets all changes up to now, as etcd does every five minutes. */
  synchronized void compact() {
    history.clear();
    forgotten = revision;
  }

  synchronized long forgotten() {
    return forgotten;
  }

  private SortedMap<String, ObjectNode> collection(String name) {
    return collections.computeIfAbsent(name, unused -> new TreeMap<>());
  }
}
