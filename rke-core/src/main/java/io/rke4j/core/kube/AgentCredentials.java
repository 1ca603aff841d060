package io.rke4j.core.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.kube.WantedObjects.Wanted;
import java.util.List;
import java.util.Map;

/** The Secrets with what agents log in with, one for each server and token. Thread-safe. */
public final class AgentCredentials {

  private static final String LABEL = "rke4j.io/agent-credentials";

  private final KubeClient client;
  private final String namespace;

  AgentCredentials(KubeClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** The namespace of agents, and a Secret in it. */
  public WantedObjects wanted(String name, String server, Secret token) {
    ObjectNode secret = KubeJson.object("v1", "Secret", namespace, name);
    secret.withObject("/metadata/labels").put(LABEL, "true");
    secret.put("type", "Opaque");
    Map.of("url", server, "token", token.reveal(), "namespace", "")
        .forEach((key, value) -> SecretData.put(secret, key, value));
    return new WantedObjects(
        client,
        List.of(
            new Wanted("/api/v1/namespaces", KubeJson.object("v1", "Namespace", "", namespace)),
            new Wanted(collection(), secret)));
  }

  /** The names of our other Secrets, which nobody uses any more. Read-only. */
  public List<String> others(String wanted) {
    return client
        .list(collection() + "?labelSelector=" + LABEL.replace("/", "%2F") + "%3Dtrue")
        .stream()
        .map(AgentCredentials::name)
        .filter(name -> !name.equals(wanted))
        .toList();
  }

  private static String name(JsonNode secret) {
    return secret.at("/metadata/name").asText();
  }

  /** Deletes one. */
  public void delete(String name) {
    client.delete(collection() + "/" + name);
  }

  private String collection() {
    return "/api/v1/namespaces/" + namespace + "/secrets";
  }
}
