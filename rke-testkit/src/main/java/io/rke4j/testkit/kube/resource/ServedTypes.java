package io.rke4j.testkit.kube.resource;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The resources that an API server serves: those of its release, and those that
 * CustomResourceDefinitions make. Immutable.
 *
 * @param release the release
 * @param all the resources; of one group, the version that clients should prefer comes first
 */
public record ServedTypes(Release release, List<ResourceType> all) {

  /** Copies the list. */
  public ServedTypes {
    all = List.copyOf(all);
  }

  /** What a release serves. */
  public static ServedTypes of(Release release) {
    return new ServedTypes(release, BuiltInTypes.of(release));
  }

  /** With further resources. */
  public ServedTypes and(List<ResourceType> custom) {
    return new ServedTypes(release, Stream.concat(all.stream(), custom.stream()).toList());
  }

  /** The resource at a path. */
  public Optional<ResourceType> find(String group, String version, String plural) {
    return all.stream()
        .filter(type -> type.group().equals(group) && type.version().equals(version))
        .filter(type -> type.plural().equals(plural))
        .findFirst();
  }

  /**
   * The resource of an object.
   *
   * @param apiVersion for example {@code apps/v1}
   * @param kind for example {@code Deployment}
   */
  public Optional<ResourceType> ofKind(String apiVersion, String kind) {
    return all.stream()
        .filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
        .findFirst();
  }

  /**
   * A resource in the version that clients should prefer.
   *
   * @throws IllegalArgumentException if it is not served
   */
  public ResourceType get(String group, String plural) {
    return all.stream()
        .filter(type -> type.group().equals(group) && type.plural().equals(plural))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(plural + " of group '" + group + "' is not served"));
  }

  /** The API groups but for the core, in order. */
  public List<String> groups() {
    return all.stream()
        .map(ResourceType::group)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  /** The versions of a group, the preferred one first. */
  public List<String> versions(String group) {
    return of(group).map(ResourceType::version).distinct().toList();
  }

  /** The resources of a group in one version. */
  public List<ResourceType> in(String group, String version) {
    return of(group).filter(type -> type.version().equals(version)).toList();
  }

  private Stream<ResourceType> of(String group) {
    return all.stream().filter(type -> type.group().equals(group));
  }
}
