package io.rke4j.core.document;

import io.rke4j.api.cluster.Secret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The file by which API servers learn to read with keys before one of them writes with them: they
 * go on writing as they did, be it in plain. Else those that do not know a key yet could not read
 * what the others wrote.
 */
public final class KeyIntroduction {

  private final Secret wanted;
  private final Secret known;

  private KeyIntroduction(Secret wanted, Secret known) {
    this.wanted = wanted;
    this.known = known;
  }

  /**
   * The file between two; empty if whoever works with the one can read all that the other writes.
   *
   * @param wanted the configuration that is to come
   * @param known the one by which every API server can read; empty if they read only what is plain
   */
  public static Optional<Secret> of(Secret wanted, Secret known) {
    return new KeyIntroduction(wanted, known).file();
  }

  private Optional<Secret> file() {
    return names().stream().allMatch(this::isReadable)
        ? Optional.empty()
        : Optional.of(EncryptionFile.withResources(wanted, resources()));
  }

  /** One resource before all of its group, and those before all there is: the first one counts. */
  private List<String> names() {
    Set<String> names = new TreeSet<>(EncryptionFile.resourceNames(wanted));
    names.addAll(EncryptionFile.resourceNames(known));
    return names.stream().sorted(Comparator.comparing(KeyIntroduction::width)).toList();
  }

  private static int width(String name) {
    EncryptedResource resource = EncryptedResource.of(name);
    if (resource.group().equals(EncryptedResource.ANY)) {
      return 2;
    }
    return resource.resource().equals(EncryptedResource.ANY) ? 1 : 0;
  }

  private boolean isReadable(String resource) {
    return EncryptionFile.keys(known, resource)
        .containsAll(EncryptionFile.writingKeys(wanted, resource));
  }

  /** What is encrypted in the same way stays together. */
  private List<Map<String, Object>> resources() {
    Map<List<Object>, List<String>> together = new LinkedHashMap<>();
    for (String name : names()) {
      EncryptionFile.inForce(wanted, name)
          .map(entry -> List.<Object>of(width(name), EncryptionFile.providers(entry), key(name)))
          .ifPresent(same -> together.computeIfAbsent(same, unused -> new ArrayList<>()).add(name));
    }
    List<Map<String, Object>> resources = new ArrayList<>();
    together.values().forEach(names -> resources.add(entry(names)));
    return resources;
  }

  private Map<String, Object> entry(List<String> names) {
    String one = names.get(0);
    Map<String, Object> entry = EncryptionFile.inForce(wanted, one).orElseThrow();
    return Map.of(
        "resources",
        names,
        EncryptionFile.PROVIDERS,
        EncryptionFile.writingWith(key(one), EncryptionFile.providers(entry)));
  }

  private Secret key(String resource) {
    return EncryptionFile.writingKeys(known, resource).stream()
        .findFirst()
        .orElse(EncryptionFile.PLAIN);
  }
}
