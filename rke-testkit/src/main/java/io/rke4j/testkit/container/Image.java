package io.rke4j.testkit.container;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * An image of a host.
 *
 * @param id {@code sha256:} and 64 digits
 * @param digest of its manifest, in the same form
 * @param name the name that it was pulled by, with tag or digest, as people write it
 * @param config what its containers get by themselves: {@code Env}, {@code Cmd}, {@code
 *     Entrypoint}, {@code Volumes} and so on
 * @param pulled when it came to the host
 */
public record Image(String id, String digest, String name, ObjectNode config, Instant pulled) {

  /** Bytes that every image is said to have. */
  public static final long SIZE = 50_000_000;

  /** The image that has this name, wherever it is pulled. */
  static Image of(String name, ObjectNode config) {
    return new Image(
        "sha256:" + Ids.of("image " + name),
        "sha256:" + Ids.of("manifest " + name),
        name,
        config,
        Instant.now());
  }

  /** The digest of its one layer. */
  public String layer() {
    return "sha256:" + Ids.of("layer " + name);
  }

  /** The name without tag and digest. */
  public String repository() {
    return ImageName.parse(name).repository();
  }
}
