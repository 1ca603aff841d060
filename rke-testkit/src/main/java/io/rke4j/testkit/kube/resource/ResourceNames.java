package io.rke4j.testkit.kube.resource;

import java.util.List;

/**
 * What a resource is called.
 *
 * @param kind an object, for example {@code Pod}
 * @param plural in paths, for example {@code pods}
 * @param singular one of it, for example {@code pod}
 * @param shortNames for those who type, for example {@code po}
 * @param categories groups of resources, for example {@code all}
 */
public record ResourceNames(
    String kind, String plural, String singular, List<String> shortNames, List<String> categories) {

  /** Copies the lists. */
  public ResourceNames {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
  }
}
