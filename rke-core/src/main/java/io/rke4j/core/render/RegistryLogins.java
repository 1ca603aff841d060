package io.rke4j.core.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rke4j.api.cluster.RegistrySpec;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.EngineFacts;
import io.rke4j.spi.runtime.HostFile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The kubelet's logins to registries, with which it pulls the images of all pods. RKE hands them to
 * the kubelet's container in a variable, for all who may inspect containers; its entry point then
 * writes this file.
 */
public final class RegistryLogins {

  static final String FOLDER = "/var/lib/kubelet";

  private static final int OWNER_ONLY = 0600;

  private RegistryLogins() {}

  /** Whether the cluster has any. */
  public static boolean apply(Resolved cluster) {
    return cluster.spec().runtime().registries().stream()
        .anyMatch(registry -> registry.hasLogin() || registry.ecr().isPresent());
  }

  /** Where the kubelet looks for them: in its own folder, in the form of Docker's client. */
  public static String path(Resolved cluster, EngineFacts engine) {
    return cluster.prefix(engine).below(FOLDER) + "/config.json";
  }

  /** The file; its content is the same on every node. */
  public static HostFile file(Resolved cluster, EngineFacts engine) {
    Map<String, Map<String, String>> logins = new TreeMap<>();
    Map<String, String> helpers = new TreeMap<>();
    for (RegistrySpec registry : cluster.spec().runtime().registries()) {
      if (registry.ecr().isPresent()) {
        // The kubelet passes over this, and asks Amazon by the role of its host; RKE writes it.
        helpers.put(registry.url(), "ecr-login");
      } else if (registry.hasLogin()) {
        logins.put(registry.url(), Map.of("auth", encoded(registry)));
      }
    }
    Map<String, Object> document = new TreeMap<>(Map.of("auths", logins));
    if (!helpers.isEmpty()) {
      document.put("credHelpers", helpers);
    }
    return HostFile.file(path(cluster, engine), OWNER_ONLY, Secret.of(json(document)));
  }

  private static String encoded(RegistrySpec registry) {
    String login = registry.user() + ":" + registry.password().reveal();
    return Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(Map<String, ?> document) {
    try {
      return new ObjectMapper().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      // Without the cause, which may quote the document.
      throw new IllegalStateException("maps of texts have a form in JSON");
    }
  }
}
