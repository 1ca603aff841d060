package io.rke4j.core.check;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.core.host.HostView;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.runtime.ContainerView;
import io.rke4j.spi.runtime.EngineFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the container engine of a host says.
 *
 * @param facts of itself
 * @param containers the names of its containers
 * @param missing images that it will need and does not have
 * @param refusals why registries would not give it images; one for each registry at most
 */
record SeenEngine(
    EngineFacts facts,
    Set<String> containers,
    Set<ImageRef> missing,
    List<ProviderException> refusals) {

  SeenEngine {
    containers = Set.copyOf(containers);
    missing = Set.copyOf(missing);
    refusals = List.copyOf(refusals);
  }

  /**
   * Asks the engine.
   *
   * @param host the host
   * @param first what it needs before its components start
   * @param all what it will need, with what pods bring
   */
  static SeenEngine on(HostView host, Collection<ImageRef> first, Collection<ImageRef> all) {
    ContainerView engine = host.containers();
    Set<ImageRef> missing = new LinkedHashSet<>(all);
    missing.removeIf(engine::hasImage);
    List<ImageRef> pulled = first.stream().filter(missing::contains).toList();
    return new SeenEngine(engine.facts(), engine.names(), missing, refusals(engine, pulled));
  }

  /** One image speaks for its registry: each question counts as a pull where pulls are limited. */
  private static List<ProviderException> refusals(
      ContainerView engine, Collection<ImageRef> images) {
    Set<String> asked = new HashSet<>();
    List<ProviderException> refusals = new ArrayList<>();
    for (ImageRef image : images) {
      if (asked.add(image.registry())) {
        try {
          engine.requirePullable(image);
        } catch (ProviderException e) {
          refusals.add(e);
        }
      }
    }
    return refusals;
  }
}
