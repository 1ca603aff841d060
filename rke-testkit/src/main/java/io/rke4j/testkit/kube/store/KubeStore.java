package io.rke4j.testkit.kube.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.resource.CustomTypes;
import io.rke4j.testkit.kube.resource.Release;
import io.rke4j.testkit.kube.resource.ResourceType;
import io.rke4j.testkit.kube.resource.ServedTypes;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The objects of one simulated cluster, shared by all its API servers and controllers, as one etcd
 * is. It keeps the rules of their life cycle: names, versions, finalizers, deletion. Thread-safe;
 * what it hands out are copies. What it refuses is a {@link KubeFailure}.
 */
public final class KubeStore {

  private static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

  private final VersionedObjects objects = new VersionedObjects();
  private final PodLogs logs = new PodLogs();
  private final Clock clock;
  private volatile Release release;
  private volatile ServedTypes types;

  private KubeStore(Release release, Clock clock) {
    this.clock = clock;
    this.release = release;
    this.types = ServedTypes.of(release);
    objects.watch(0, this::noteDefinitions);
  }

  /**
   * A new cluster with what an API server makes at its first start: namespaces, roles and the
   * service {@code kubernetes}.
   *
   * @param version for example {@code v1.20.15}
   */
  public static KubeStore of(String version) {
    return of(version, Clock.systemUTC());
  }

  /** As {@link #of(String)}, with the clock from which all times are taken. */
  public static KubeStore of(String version, Clock clock) {
    KubeStore store = new KubeStore(Release.of(version), clock);
    Bootstrap.fill(store);
    return store;
  }

  /** The clock of the cluster. */
  public Clock clock() {
    return clock;
  }

  /** The time as it stands in objects, for example {@code 2026-01-31T12:00:00Z}. */
  public String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Lets the cluster be of another release from now on; the objects stay. */
  public void upgradeTo(Release release) {
    this.release = release;
    refreshTypes();
  }

  /** The resources that are served. */
  public ServedTypes types() {
    return types;
  }

  /** What the containers of pods have written. */
  public PodLogs logs() {
    return logs;
  }

  /** The version of the whole store, which grows with every change. */
  public long revision() {
    return objects.revision();
  }

  /** The object of this name, if there is one. */
  public Optional<ObjectNode> find(ResourceType type, String namespace, String name) {
    return objects.find(Key.of(type, namespace, name)).map(object -> as(type, object));
  }

  /** The object of this name, which must be there. */
  public ObjectNode get(ResourceType type, String namespace, String name) {
    return find(type, namespace, name)
        .orElseThrow(() -> KubeFailure.notFound(type.group(), type.plural(), name));
  }

  /** The objects of a namespace, or of all if that is empty. */
  public Snapshot list(ResourceType type, String namespace) {
    String prefix = namespace.isEmpty() ? "" : namespace + "/";
    return objects.atomically(
        () -> {
          SortedMap<String, ObjectNode> found = objects.list(type.collection(), prefix);
          return new Snapshot(
              objects.revision(), found.values().stream().map(one -> as(type, one)).toList());
        });
  }

  /**
   * The objects of a namespace, or of all if that is empty, that a condition holds for. Only these
   * are copied.
   *
   * @param condition sees the objects themselves, and must not change them
   */
  public List<ObjectNode> select(
      ResourceType type, String namespace, Predicate<ObjectNode> condition) {
    String prefix = namespace.isEmpty() ? "" : namespace + "/";
    return objects.select(type.collection(), prefix, condition).stream()
        .map(one -> as(type, one))
        .toList();
  }

  /**
   * The pods on a node that a condition holds for; those that have none yet are on the empty one.
   *
   * @param condition sees the pods themselves, and must not change them
   */
  public List<ObjectNode> podsOn(String node, Predicate<ObjectNode> condition) {
    ResourceType type = types.get("", "pods");
    return objects.podsOn(node, condition).stream().map(one -> as(type, one)).toList();
  }

  /**
   * How many objects of a namespace, or of all if that is empty, a condition holds for.
   *
   * @param condition sees the objects themselves, and must not change them
   */
  public int count(ResourceType type, String namespace, Predicate<ObjectNode> condition) {
    String prefix = namespace.isEmpty() ? "" : namespace + "/";
    return objects.select(type.collection(), prefix, condition).size();
  }

  /** Adds an object; what it does not say gets its default. */
  public ObjectNode create(ResourceType type, String namespace, JsonNode object) {
    return objects.atomically(
        () -> as(type, new Creation(this, objects, type).create(namespace, object)));
  }

  /**
   * Changes an object, unless somebody else has changed it since: if the change gives it another
   * version than it has, that is a conflict.
   *
   * @param change makes the wanted object of a copy of the present one
   */
  public ObjectNode update(
      ResourceType type,
      String namespace,
      String name,
      Part part,
      UnaryOperator<ObjectNode> change) {
    return objects.atomically(
        () -> {
          ObjectNode present = get(type, namespace, name);
          ObjectNode wanted = change.apply(present.deepCopy());
          return as(type, new Update(objects, type).apply(present, wanted, part));
        });
  }

  /** As {@link #update}, and nothing if there is no such object. */
  public void updateIfPresent(
      ResourceType type, String namespace, String name, UnaryOperator<ObjectNode> change) {
    objects.atomically(
        () -> {
          if (find(type, namespace, name).isPresent()) {
            update(type, namespace, name, Part.ALL, change);
          }
          return true;
        });
  }

  /** Deletes an object, or marks it for deletion; the answer is what is left of it. */
  public Deleted delete(ResourceType type, String namespace, String name, Deletion how) {
    return objects.atomically(
        () -> {
          ObjectNode present = get(type, namespace, name);
          Deleted deleted = new Removal(clock, objects, type).delete(present, how);
          return new Deleted(as(type, deleted.object()), deleted.gone());
        });
  }

  /**
   * The outcome of a deletion.
   *
   * @param object the object, or its last state
   * @param gone whether it is gone at once
   */
  public record Deleted(ObjectNode object, boolean gone) {}

  /** Does several things as if they were one: nobody sees a state between them. */
  public <T> T atomically(Function<KubeStore, T> action) {
    return objects.atomically(() -> action.apply(this));
  }

  /**
   * Tells of all changes after a version, and then of every further one, in order. The watcher is
   * called while the store is locked, so it must not wait for anything.
   *
   * @throws KubeFailure with code 410 if the changes are no longer remembered
   */
  public void watch(long after, Consumer<StoreEvent> watcher) {
    objects.watch(after, watcher);
  }

  /** Tells a watcher nothing more. */
  public void unwatch(Consumer<StoreEvent> watcher) {
    objects.unwatch(watcher);
  }

  /** Forgets what happened up to now: watches and lists that go on from an older version fail. */
  public void compact() {
    objects.compact();
  }

  /** The oldest version from which a watch can go on. */
  public long compactedRevision() {
    return objects.forgotten();
  }

  /** All objects of all collections that a condition holds for, in some version they are served. */
  public List<ObjectNode> all(Predicate<ObjectNode> condition) {
    return distinctTypes().flatMap(type -> select(type, "", condition).stream()).toList();
  }

  /** One type for every collection. */
  public Stream<ResourceType> distinctTypes() {
    ServedTypes served = types;
    return served.all().stream()
        .filter(
            type ->
                served.all().stream()
                    .filter(other -> other.collection().equals(type.collection()))
                    .findFirst()
                    .filter(type::equals)
                    .isPresent());
  }

  /** An object as it is in one version of its group. */
  public static ObjectNode as(ResourceType type, ObjectNode object) {
    ObjectNode seen = object.objectNode();
    seen.put("kind", type.kind()).put("apiVersion", type.apiVersion());
    seen.set("metadata", Meta.of(object));
    object.properties().forEach(field -> seen.putIfAbsent(field.getKey(), field.getValue()));
    return seen.deepCopy();
  }

  private void noteDefinitions(StoreEvent event) {
    if (event.collection().equals(DEFINITIONS)) {
      refreshTypes();
    }
  }

  private void refreshTypes() {
    List<ResourceType> custom =
        objects.atomically(
            () ->
                objects.list(DEFINITIONS, "").values().stream()
                    .flatMap(definition -> CustomTypes.of(definition).stream())
                    .toList());
    types = ServedTypes.of(release).and(custom);
  }
}
