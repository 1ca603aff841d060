package io.rke4j.testkit.container;

/**
 * The name of an image.
 *
 * @param repository without tag and digest, and without Docker Hub's address
 * @param tag empty if there is a digest instead
 * @param digest {@code sha256:…}, or empty
 */
public record ImageName(String repository, String tag, String digest) {

  /** Reads a name as people write it; without tag and digest it means {@code latest}. */
  public static ImageName parse(String text) {
    String name = text;
    String digest = "";
    int at = name.indexOf('@');
    if (at >= 0) {
      digest = name.substring(at + 1);
      name = name.substring(0, at);
    }
    String tag = "";
    int colon = name.lastIndexOf(':');
    if (colon > name.lastIndexOf('/')) {
      tag = name.substring(colon + 1);
      name = name.substring(0, colon);
    }
    if (tag.isEmpty() && digest.isEmpty()) {
      tag = "latest";
    }
    return new ImageName(familiar(name), digest.isEmpty() ? tag : "", digest);
  }

  private static String familiar(String name) {
    String rest = name.replaceFirst("^(index\\.)?docker\\.io/", "");
    return rest.replaceFirst("^library/", "");
  }

  /** The registry that it is pulled from; Docker Hub is {@code docker.io}. */
  public String registry() {
    int slash = repository.indexOf('/');
    String first = slash < 0 ? "" : repository.substring(0, slash);
    return first.contains(".") || first.contains(":") || first.equals("localhost")
        ? first
        : "docker.io";
  }

  @Override
  public String toString() {
    return digest.isEmpty() ? repository + ":" + tag : repository + "@" + digest;
  }
}
