package io.rke4j.testkit.kube.resource;

import java.util.Set;

/**
 * A resource in one version of its API group.
 *
 * @param group the API group; empty for the core
 * @param version the version in the group, for example {@code v1}
 * @param names what it is called
 * @param namespaced whether its objects are in namespaces
 * @param subresources for example {@code status}
 * @param home the group under which the objects are kept: two groups may have the same ones
 * @param custom whether a CustomResourceDefinition made it
 */
public record ResourceType(
    String group,
    String version,
    ResourceNames names,
    boolean namespaced,
    Set<String> subresources,
    String home,
    boolean custom) {

  /** Copies the subresources. */
  public ResourceType {
    subresources = Set.copyOf(subresources);
  }

  /** Group and version as in an object, for example {@code batch/v1}, or {@code v1}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** What the resource is called in paths. */
  public String plural() {
    return names.plural();
  }

  /** What an object is called. */
  public String kind() {
    return names.kind();
  }

  /** The collection that holds the objects, in whatever version they are asked for. */
  public String collection() {
    return home.isEmpty() ? plural() : plural() + "." + home;
  }
}
