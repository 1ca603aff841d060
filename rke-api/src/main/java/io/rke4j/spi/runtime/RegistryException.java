package io.rke4j.spi.runtime;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.spi.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registry does not give a host its images: it wants another login, is not found, or gives
 * something else.
 */
public final class RegistryException extends ProviderException {

  private static final long serialVersionUID = 1L;

  private final ImageRef image;
  private final Reason reason;

  /** Why a registry gives no images. */
  public enum Reason {
    /** It asks for a login, and there is none. */
    LOGIN_MISSING("asks for a login", "Add %s with user and password to private_registries"),
    /** It does not take the login. */
    LOGIN_REFUSED(
        "refuses the login",
        "Check user and password of %s in private_registries, and that this user may pull the"
            + " image"),
    /** It is one of Amazon's ECR, which gives no login for the keys. */
    NO_LOGIN(
        "gets no login from Amazon",
        "Check ecr_credential_plugin of %s in private_registries, and that its keys, or the keys or"
            + " role of this program, may call ecr:GetAuthorizationToken"),
    /** The host does not find it. */
    UNKNOWN(
        "is not known to the host",
        "Check its name, %s, in private_registries or system_images, and that the host's own DNS"
            + " knows it"),
    /** The host does not trust its certificate. */
    UNTRUSTED(
        "shows a certificate that the host does not trust",
        "Put the certificate of its authority into /etc/docker/certs.d/%s/ca.crt on the host"),
    /** What it gives is not what it should be. */
    CORRUPT(
        "gives a layer that is not what its digest says",
        "Something changes it on its way from %s, or there: look at the registry's storage, and at"
            + " proxies, caches and mirrors before it, and push the image again"),
    /** It speaks HTTP without TLS. */
    UNENCRYPTED(
        "speaks HTTP without TLS",
        "Give it a certificate, or name %s under insecure-registries in the host's"
            + " /etc/docker/daemon.json");

    private final String words;
    private final String hint;

    Reason(String words, String hint) {
      this.words = words;
      this.hint = hint;
    }
  }

  /**
   * Names the registry, the image, the host and the engine's answer.
   *
   * @param image the image that was to be pulled
   * @param host the host that asked for it
   * @param user the account that was used; empty if none
   * @param reason what is wrong
   * @param answer the engine's words
   * @param cause what was caught, if anything
   */
  public RegistryException(
      ImageRef image,
      String host,
      String user,
      Reason reason,
      String answer,
      @Nullable Throwable cause) {
    super(
        "registry-unusable",
        "cannot pull %s on %s: registry %s %s%s (%s)"
            .formatted(
                image,
                host,
                image.registry(),
                reason.words,
                reason == Reason.LOGIN_REFUSED ? " of user '" + user + "'" : "",
                answer),
        reason.hint.formatted(image.registry()),
        List.of(),
        false,
        cause);
    this.image = image;
    this.reason = reason;
  }

  /** The image that was to be pulled; it names the registry. */
  public ImageRef image() {
    return image;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
