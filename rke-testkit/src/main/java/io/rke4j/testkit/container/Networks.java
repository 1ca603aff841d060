package io.rke4j.testkit.container;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The networks of one engine, by name. Thread-safe. */
public final class Networks {

  /** Those that are there from the beginning, and have the names of their drivers. */
  public static final List<String> BUILT_IN = List.of("bridge", "host", "none");

  private final Map<String, Network> networks = new ConcurrentSkipListMap<>();

  /**
   * A network.
   *
   * @param name its name
   * @param id its identifier
   * @param driver what carries it
   * @param created when it was made
   */
  public record Network(String name, String id, String driver, Instant created) {}

  /** The networks of an engine that was just installed. */
  public Networks() {
    for (String name : BUILT_IN) {
      networks.put(
          name, new Network(name, Ids.fresh(), name.equals("none") ? "null" : name, Instant.now()));
    }
  }

  /** All networks. */
  public List<Network> all() {
    return List.copyOf(networks.values());
  }

  /**
   * The network with a name or identifier.
   *
   * @throws EngineRefusal if there is none
   */
  public Network require(String reference) {
    return networks.values().stream()
        .filter(it -> it.name().equals(reference) || it.id().startsWith(reference))
        .findFirst()
        .orElseThrow(() -> EngineRefusal.notFound("network " + reference + " not found"));
  }

  /**
   * Makes a network.
   *
   * @throws EngineRefusal if the name is taken
   */
  public Network create(String name, String driver) {
    Network network = new Network(name, Ids.fresh(), driver, Instant.now());
    if (networks.putIfAbsent(name, network) != null) {
      throw EngineRefusal.conflict("network with name " + name + " already exists");
    }
    return network;
  }

  /** Takes a network away. */
  public void remove(Network network) {
    networks.remove(network.name());
  }
}
