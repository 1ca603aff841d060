package io.rke4j.core.builtin.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.core.kube.KubeClient;
import io.rke4j.core.kube.KubeJson;
import io.rke4j.core.kube.RkeAddons;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The ConfigMaps in kube-system that hold manifests, each under a key of its own name. */
final class StoredManifests {

  private static final String COLLECTION = "/api/v1/namespaces/kube-system/configmaps";
  private static final String LABEL = "io.rke4j/addon";

  private final KubeClient client;

  StoredManifests(KubeClient client) {
    this.client = client;
  }

  Optional<String> find(String name) {
    return client
        .find(COLLECTION + "/" + name)
        .map(stored -> stored.path("data").path(name).asText(""));
  }

  /** All addons; the value says whether they bear our mark. */
  Map<String, Boolean> addons() {
    Map<String, Boolean> addons = new TreeMap<>();
    for (JsonNode stored : client.list(COLLECTION)) {
      String name = stored.at("/metadata/name").asText();
      String mark = stored.path("metadata").path("labels").path(LABEL).asText("");
      if (mark.equals("true") || RkeAddons.NAMES.contains(name)) {
        addons.put(name, mark.equals("true"));
      }
    }
    return addons;
  }

  void saveAddon(String name, String manifest) {
    save(name, manifest, "true");
  }

  void saveVanished(String name, String manifest) {
    save(name, manifest, "vanished");
  }

  private void save(String name, String manifest, String mark) {
    ObjectNode wanted = KubeJson.object("v1", "ConfigMap", "kube-system", name);
    wanted.withObject("/metadata").putObject("labels").put(LABEL, mark);
    wanted.putObject("data").put(name, manifest);
    if (client.find(COLLECTION + "/" + name).isPresent()) {
      client.merge(COLLECTION + "/" + name, wanted);
    } else {
      client.create(COLLECTION, wanted);
    }
  }

  void delete(String name) {
    client.delete(COLLECTION + "/" + name);
  }
}
