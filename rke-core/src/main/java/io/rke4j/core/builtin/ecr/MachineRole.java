package io.rke4j.core.builtin.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import io.rke4j.core.builtin.ecr.BoundedHttp.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * The role that this machine has in Amazon's cloud, asked of the cloud itself (IMDSv2).
 *
 * @param address where the cloud answers its machines
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html">
 *     instance metadata</a>
 */
record MachineRole(String address) {

  static final String USUAL_ADDRESS = "http://169.254.169.254";

  private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
  private static final String TOKEN = "X-aws-ec2-metadata-token";
  private static final String SECONDS = "300";
  private static final int OK = 200;

  AwsKeys keys() throws IOException {
    String token = text("PUT", "/latest/api/token", Map.of(TOKEN + "-ttl-seconds", SECONDS));
    Map<String, String> headers = Map.of(TOKEN, token);
    String role = text("GET", ROLES, headers).lines().findFirst().orElse("");
    if (role.isBlank()) {
      throw new IOException("the list of roles is empty");
    }
    JsonNode keys = ask("GET", ROLES + role, headers).json();
    return AwsKeys.of(
        keys.path("AccessKeyId").asText(),
        keys.path("SecretAccessKey").asText(),
        keys.path("Token").asText());
  }

  private String text(String method, String path, Map<String, String> headers) throws IOException {
    return ask(method, path, headers).body().strip();
  }

  private Answer ask(String method, String path, Map<String, String> headers) throws IOException {
    Answer answer = BoundedHttp.ask(method, URI.create(address + path), headers, "");
    if (answer.status() != OK) {
      throw new IOException("its metadata answer with status " + answer.status());
    }
    return answer;
  }
}
