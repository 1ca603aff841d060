package io.rke4j.api.cluster;

/**
 * How a registry of Amazon's Elastic Container Registry is logged in to: the account's keys buy a
 * password that is good for twelve hours. It is asked for during the run, when an image is pulled,
 * and only Docker Engine gets it.
 *
 * @param accessKeyId names the account; empty if keys are to be found
 * @param secretAccessKey its key; empty if keys are to be found
 * @param sessionToken what temporary keys need beside them; empty for others
 */
public record EcrLogin(Secret accessKeyId, Secret secretAccessKey, Secret sessionToken) {

  private static final Secret NONE = Secret.of("");

  /**
   * By the keys in this program's environment ({@code AWS_ACCESS_KEY_ID}, {@code
   * AWS_SECRET_ACCESS_KEY}, {@code AWS_SESSION_TOKEN}), else by the role that its machine has in
   * Amazon's cloud.
   */
  public static final EcrLogin FOUND = new EcrLogin(NONE, NONE, NONE);

  /** Checks that there is no half of a login. */
  public EcrLogin {
    boolean named = !accessKeyId.reveal().isEmpty();
    if (named == secretAccessKey.reveal().isEmpty()
        || (!named && !sessionToken.reveal().isEmpty())) {
      throw new IllegalArgumentException(
          "needs aws_access_key_id and aws_secret_access_key, or none of the keys");
    }
  }

  /** By lasting keys. */
  public static EcrLogin keys(Secret accessKeyId, Secret secretAccessKey) {
    return new EcrLogin(accessKeyId, secretAccessKey, NONE);
  }

  /** Whether keys are given, and need not be found. */
  public boolean hasKeys() {
    return !accessKeyId.reveal().isEmpty();
  }
}
