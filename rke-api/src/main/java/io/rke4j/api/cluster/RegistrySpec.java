package io.rke4j.api.cluster;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A registry that images come from.
 *
 * @param url how the names of its images begin: host, port and perhaps a path, without a scheme, as
 *     RKE has it; {@code docker.io} is Docker Hub
 * @param user the account to pull with; empty if the registry asks for no login
 * @param password the account's password; empty if there is no account
 * @param isDefault whether the images of the Kubernetes version are pulled from here: their names
 *     then begin with the url. Images that the user names are left as they are
 * @param ecr how Amazon is asked for a login; an account goes before it
 */
public record RegistrySpec(
    String url, String user, Secret password, boolean isDefault, Optional<EcrLogin> ecr) {

  /** Docker Hub, as image names have it. */
  public static final String DOCKER_HUB = "docker.io";

  private static final Pattern FORM =
      Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]*(:\\d{1,5})?(/[a-z0-9][a-z0-9._-]*)*");

  private static final Pattern OF_ECR =
      Pattern.compile(
          "[a-zA-Z0-9][\\w-]*\\.dkr\\.ecr(-fips)?\\.[a-zA-Z0-9][\\w-]*\\.amazonaws\\.com(\\.cn)?(/.*)?");

  private static final int LONGEST = 255;

  /** Checks the url, and that user and password are given together. */
  public RegistrySpec {
    if (url.contains("://")) {
      throw new IllegalArgumentException("'" + url + "' has a scheme; write host:port only");
    }
    if (url.length() > LONGEST || !FORM.matcher(url).matches()) {
      throw new IllegalArgumentException("'" + url + "' is not host:port, with or without a path");
    }
    if (!ImageRef.isRegistry(url.split("/", 2)[0])) {
      throw new IllegalArgumentException(
          "'" + url + "' is a folder of Docker Hub to Docker; write the full name, or name:port");
    }
    if (user.isEmpty() != password.reveal().isEmpty()) {
      throw new IllegalArgumentException("needs user and password, or neither");
    }
    if (user.contains(":")) {
      throw new IllegalArgumentException("has a user with a colon, which no login can carry");
    }
    if (ecr.isPresent() && !OF_ECR.matcher(url).matches()) {
      throw new IllegalArgumentException(
          "has ecr_credential_plugin, but '"
              + url
              + "' is none of Amazon's, such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com");
    }
  }

  /** A registry with an account of its own, or none. */
  public RegistrySpec(String url, String user, Secret password, boolean isDefault) {
    this(url, user, password, isDefault, Optional.empty());
  }

  /** Whether there is an account to pull with. */
  public boolean hasLogin() {
    return !user.isEmpty();
  }

  /** Whether an image comes from here: its name begins with the url. */
  public boolean holds(ImageRef image) {
    return (image.registry() + "/" + image.path() + "/").startsWith(url + "/");
  }
}
