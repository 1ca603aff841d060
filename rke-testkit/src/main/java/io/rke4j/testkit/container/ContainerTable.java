package io.rke4j.testkit.container;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The containers of one host by identifier and name. Thread-safe. */
public final class ContainerTable {

  private static final String LEGAL = "[a-zA-Z0-9][a-zA-Z0-9_.-]+";

  private final Map<String, Container> byId = new ConcurrentHashMap<>();

  /** All containers, the newest first. */
  public List<Container> all() {
    List<Container> all = new ArrayList<>(byId.values());
    all.sort(Comparator.comparing(Container::created).reversed());
    return all;
  }

  /** The container with a name, an identifier, or the beginning of one. */
  public Optional<Container> find(String reference) {
    String name = reference.startsWith("/") ? reference.substring(1) : reference;
    Container exact = byId.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    Optional<Container> named = named(name);
    if (named.isPresent() || !name.matches("[0-9a-f]+")) {
      return named;
    }
    List<Container> begun =
        byId.values().stream().filter(container -> container.id().startsWith(name)).toList();
    if (begun.size() > 1) {
      throw EngineRefusal.badRequest("multiple IDs found with provided prefix: " + name);
    }
    return begun.stream().findFirst();
  }

  /**
   * The same, where it has to be there.
   *
   * @throws EngineRefusal if it is not
   */
  public Container require(String reference) {
    return find(reference).orElseThrow(() -> EngineRefusal.noContainer(reference));
  }

  private Optional<Container> named(String name) {
    Collection<Container> all = byId.values();
    return all.stream().filter(container -> container.name().equals(name)).findFirst();
  }

  synchronized void add(Container container) {
    requireFree(container.name());
    byId.put(container.id(), container);
  }

  synchronized void rename(Container container, String newName) {
    String name = newName.startsWith("/") ? newName.substring(1) : newName;
    if (name.equals(container.name())) {
      throw EngineRefusal.badRequest("Renaming a container with the same name as its current name");
    }
    requireFree(name);
    container.rename(name);
  }

  void requireFree(String name) {
    if (!name.matches(LEGAL)) {
      throw EngineRefusal.badRequest(
          "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    Optional<Container> holder = named(name);
    if (holder.isPresent()) {
      throw EngineRefusal.conflict(
          "Conflict. The container name \"/"
              + name
              + "\" is already in use by container \""
              + holder.get().id()
              + "\". You have to remove (or rename) that container to be able to reuse that name.");
    }
  }

  void remove(Container container) {
    byId.remove(container.id());
  }
}
