package io.rke4j.api.cluster;

import java.util.regex.Pattern;

/**
 * The name of a container image with its tag or digest, for example {@code
 * rancher/hyperkube:v1.20.15-rancher2}.
 *
 * @param value the whole name
 */
public record ImageRef(String value) {

  private static final Pattern FORM =
      Pattern.compile(
          "[a-z0-9][a-zA-Z0-9._-]*(:\\d+)?(/[a-z0-9][a-z0-9._-]*)*"
              + "(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@[a-z0-9]+:[0-9a-f]{32,})?");

  private static final int LONGEST = 512;

  /** Checks the form; a tag or digest is required, since {@code latest} is never meant. */
  public ImageRef {
    if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("'" + value + "' is not an image name");
    }
    if (tagStart(value) < 0 && !value.contains("@")) {
      throw new IllegalArgumentException("'" + value + "' names no tag; write name:tag");
    }
  }

  /** The name without tag and digest. */
  public String repository() {
    String name = value.contains("@") ? value.substring(0, value.indexOf('@')) : value;
    int tag = tagStart(name);
    return tag < 0 ? name : name.substring(0, tag);
  }

  /** The tag; empty if the image is named by digest only. */
  public String tag() {
    String name = value.contains("@") ? value.substring(0, value.indexOf('@')) : value;
    int tag = tagStart(name);
    return tag < 0 ? "" : name.substring(tag + 1);
  }

  /** Host and port of the registry; {@code docker.io} if the name begins with none. */
  public String registry() {
    String first = value.split("/", 2)[0];
    return value.contains("/") && isRegistry(first) ? first : RegistrySpec.DOCKER_HUB;
  }

  /** What comes after the registry, without tag and digest. */
  public String path() {
    String name = repository();
    String first = name.split("/", 2)[0];
    return name.contains("/") && isRegistry(first) ? name.substring(first.length() + 1) : name;
  }

  /** The same image in another registry. */
  public ImageRef in(RegistrySpec registry) {
    return new ImageRef(registry.url() + "/" + value);
  }

  /** How Docker tells a registry from a folder of Docker Hub. */
  static boolean isRegistry(String first) {
    return first.contains(".") || first.contains(":") || first.equals("localhost");
  }

  private static int tagStart(String name) {
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? colon : -1;
  }

  @Override
  public String toString() {
    return value;
  }
}
