package io.rke4j.core.builtin.ecr;

import io.rke4j.api.cluster.Secret;
import java.util.Optional;

/**
 * An account of Amazon's.
 *
 * @param accessKeyId names it
 * @param secretKey signs for it
 * @param sessionToken what temporary keys need beside them
 */
record AwsKeys(String accessKeyId, Secret secretKey, Optional<Secret> sessionToken) {

  static AwsKeys of(String accessKeyId, String secretKey, String sessionToken) {
    return new AwsKeys(
        accessKeyId,
        Secret.of(secretKey),
        sessionToken.isEmpty() ? Optional.empty() : Optional.of(Secret.of(sessionToken)));
  }
}
