package io.rke4j.spi.runtime;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An image could not be brought to a host. */
public final class ImageUnavailableException extends ProviderException {

  private static final long serialVersionUID = 1L;

  private final ImageRef image;

  /**
   * Names the image, the host and the engine's answer.
   *
   * @param image the image
   * @param host the host that asked for it
   * @param answer the engine's words
   * @param isTransient whether trying again may help; not if the registry says there is no such
   *     image
   * @param cause what was caught, if anything
   */
  public ImageUnavailableException(
      ImageRef image, String host, String answer, boolean isTransient, @Nullable Throwable cause) {
    super(
        "image-unavailable",
        "cannot pull " + image + " on " + host + ": " + answer,
        "Check the name in system_images, and that the host reaches the registry",
        List.of(),
        isTransient,
        cause);
    this.image = image;
  }

  /** The image. */
  public ImageRef image() {
    return image;
  }
}
