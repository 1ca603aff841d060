package io.rke4j.core.config;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.EcrLogin;
import io.rke4j.api.cluster.RegistrySpec;
import io.rke4j.api.cluster.Secret;
import java.util.Optional;

/** Reads one of the registries. */
record RegistryReader(Place place, FileProblems problems) {

  private static final String ECR = "ecr_credential_plugin";

  void read(ClusterSpec.Builder spec) {
    // RKE takes no url for Docker Hub's, and puts nothing before the names of its images.
    Optional<String> url = place.text("url");
    // RKE asks Amazon for a login as soon as the block is there, be it empty.
    Optional<EcrLogin> ecr = place.hasSection(ECR) ? ecr(place.section(ECR)) : Optional.empty();
    spec.registry(
        url.orElse(RegistrySpec.DOCKER_HUB),
        registry -> {
          registry.login(place.text("user").orElse(""), secret(place, "password"));
          ecr.ifPresent(registry::ecr);
          if (url.isPresent() && place.truth("is_default").orElse(false)) {
            registry.byDefault();
          }
        });
  }

  private Optional<EcrLogin> ecr(Place keys) {
    try {
      return Optional.of(
          new EcrLogin(
              secret(keys, "aws_access_key_id"),
              secret(keys, "aws_secret_access_key"),
              secret(keys, "aws_session_token")));
    } catch (IllegalArgumentException e) {
      problems.add(keys.path(), String.valueOf(e.getMessage()), "");
      return Optional.empty();
    }
  }

  private static Secret secret(Place place, String key) {
    return Secret.of(place.text(key).orElse(""));
  }
}
