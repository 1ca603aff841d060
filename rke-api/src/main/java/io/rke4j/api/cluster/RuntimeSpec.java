package io.rke4j.api.cluster;

import java.util.Map;

/**
 * What runs the containers, and where their images come from.
 *
 * @param images images that replace the version catalogue's
 * @param anyEngineVersion whether a Docker Engine is accepted that the Kubernetes version was never
 *     released for
 */
public record RuntimeSpec(Map<SystemImage, ImageRef> images, boolean anyEngineVersion) {

  /** Copies the map. */
  public RuntimeSpec {
    images = Map.copyOf(images);
  }
}
