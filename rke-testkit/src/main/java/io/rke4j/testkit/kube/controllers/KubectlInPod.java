package io.rke4j.testkit.kube.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.json.Meta;
import io.rke4j.testkit.kube.store.KubeStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * kubectl in a container that applies or deletes what is in a file of a ConfigMap: how RKE deploys
 * addons, from {@code /etc/config}.
 */
final class KubectlInPod implements PodBehaviour {

  @Override
  public Optional<Outcome> start(Start start) {
    List<String> words =
        Stream.of("command", "args")
            .flatMap(field -> Json.texts(start.container().path(field)).stream())
            .toList();
    int file = words.indexOf("-f") + 1;
    boolean isKubectl =
        words.size() > 2 && words.get(0).endsWith("kubectl") && file > 0 && file < words.size();
    if (!isKubectl) {
      return Optional.empty();
    }
    Optional<JsonNode> volume = volume(start, words.get(file));
    if (volume.isEmpty()) {
      String why = "error: the path \"%s\" does not exist\n".formatted(words.get(file));
      return Optional.of(new Outcome.Exited(1, why));
    }
    return Optional.of(run(start, words, file, volume.get()));
  }

  private static Outcome run(Start start, List<String> words, int file, JsonNode volume) {
    KubeStore store = start.store();
    String namespace = Meta.namespace(start.pod());
    String name = volume.path("configMap").path("name").asText();
    Optional<ObjectNode> map = store.find(store.types().get("", "configmaps"), namespace, name);
    if (map.isEmpty()) {
      return new Outcome.Waiting(
          "ContainerCreating", "MountVolume.SetUp failed: configmap \"" + name + "\" not found");
    }
    String path = words.get(file);
    String key = key(volume, path.substring(path.lastIndexOf('/') + 1));
    JsonNode text = map.get().path("data").path(key);
    if (text.isMissingNode()) {
      return new Outcome.Waiting(
          "ContainerCreating", "configmap references non-existent config key: " + key);
    }
    KubectlFile kubectl = new KubectlFile(store, namespace, path);
    return words.get(1).equals("delete")
        ? kubectl.delete(text.asText(), words.contains("--ignore-not-found"))
        : kubectl.apply(text.asText());
  }

  private static Optional<JsonNode> volume(Start start, String file) {
    return Json.elements(start.container().path("volumeMounts"))
        .filter(mount -> file.startsWith(mount.path("mountPath").asText() + "/"))
        .map(mount -> mount.path("name").asText())
        .flatMap(
            name ->
                Json.elements(start.pod().path("spec").path("volumes"))
                    .filter(volume -> volume.path("name").asText().equals(name)))
        .filter(volume -> volume.has("configMap"))
        .findFirst();
  }

  private static String key(JsonNode volume, String file) {
    return Json.elements(volume.path("configMap").path("items"))
        .filter(item -> item.path("path").asText().equals(file))
        .findFirst()
        .map(item -> item.path("key").asText())
        .orElse(file);
  }
}
