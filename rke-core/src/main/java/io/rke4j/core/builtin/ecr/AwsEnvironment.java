package io.rke4j.core.builtin.ecr;

import io.rke4j.api.cluster.EcrLogin;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What Amazon's own tools find in the environment of a program.
 *
 * @param variables the value of an environment variable; null if it is not set
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html">their
 *     names</a>
 */
record AwsEnvironment(Function<String, @Nullable String> variables) {

  /** Another address than Amazon's, for example one within a private network. */
  Optional<URI> endpoint() {
    return variable("AWS_ENDPOINT_URL_ECR").or(() -> variable("AWS_ENDPOINT_URL")).map(URI::create);
  }

  /**
   * The keys that are given, else those of the variables, else those of this machine's role.
   *
   * @throws NoLoginException if there are none
   */
  AwsKeys keys(EcrLogin login) throws NoLoginException {
    if (login.hasKeys()) {
      return AwsKeys.of(
          login.accessKeyId().reveal(),
          login.secretAccessKey().reveal(),
          login.sessionToken().reveal());
    }
    Optional<String> id = variable("AWS_ACCESS_KEY_ID");
    Optional<String> key = variable("AWS_SECRET_ACCESS_KEY");
    return id.isPresent() && key.isPresent()
        ? AwsKeys.of(id.get(), key.get(), variable("AWS_SESSION_TOKEN").orElse(""))
        : role();
  }

  private AwsKeys role() throws NoLoginException {
    String none =
        "there are no keys: none in cluster.yml, none in AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY, and ";
    if (variable("AWS_EC2_METADATA_DISABLED").filter("true"::equalsIgnoreCase).isPresent()) {
      throw new NoLoginException(none + "AWS_EC2_METADATA_DISABLED forbids to ask for a role");
    }
    try {
      return new MachineRole(
              variable("AWS_EC2_METADATA_SERVICE_ENDPOINT").orElse(MachineRole.USUAL_ADDRESS))
          .keys();
    } catch (IOException e) {
      throw new NoLoginException(none + "this machine has no role (" + e.getMessage() + ")", e);
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.apply(name)).filter(value -> !value.isBlank());
  }
}
