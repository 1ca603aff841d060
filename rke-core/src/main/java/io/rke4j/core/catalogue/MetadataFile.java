package io.rke4j.core.catalogue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Component;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads RKE's metadata: strict about what is needed, and indifferent to the rest. RKE's own rules
 * pick a version's flags: those under its full name, or else those of the minor version that its
 * image names.
 */
final class MetadataFile {

  static final String IMAGES = "K8sVersionRKESystemImages";
  static final String FLAGS = "K8sVersionServiceOptions";
  static final String ENGINES = "K8sVersionDockerInfo";
  static final String USUAL = "RKEDefaultK8sVersions";

  private static final int DEEPEST = 50;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What every node of every cluster has. */
  private static final Set<SystemImage> NEEDED =
      Set.of(
          SystemImage.ETCD,
          SystemImage.ALPINE,
          SystemImage.NGINX_PROXY,
          SystemImage.CERT_DOWNLOADER,
          SystemImage.KUBERNETES_SERVICES_SIDECAR,
          SystemImage.KUBERNETES,
          SystemImage.POD_INFRA_CONTAINER);

  /** The components by the metadata's names for them. */
  private static final Map<Component, String> NAMES =
      Map.of(
          Component.ETCD, "etcd",
          Component.KUBE_APISERVER, "kubeapi",
          Component.KUBE_CONTROLLER_MANAGER, "kubeController",
          Component.KUBE_SCHEDULER, "scheduler",
          Component.KUBELET, "kubelet",
          Component.KUBE_PROXY, "kubeproxy");

  /**
   * Image keys without what the two ways of writing them differ in: canal_flexvol, canalFlexVol.
   */
  private static final Map<String, SystemImage> PARTS =
      Arrays.stream(SystemImage.values())
          .collect(Collectors.toMap(part -> plain(part.key()), Function.identity()));

  private final MetadataProblems problems;
  private final JsonNode root;

  private MetadataFile(MetadataProblems problems, JsonNode root) {
    this.problems = problems;
    this.root = root;
  }

  /**
   * The versions of a file.
   *
   * @param subject what the file is called in messages
   * @throws io.rke4j.api.cluster.InvalidSpecException naming every problem with its place
   */
  static Metadata read(String subject, String json) {
    MetadataProblems problems = new MetadataProblems(subject);
    MetadataFile file = new MetadataFile(problems, parse(problems, json));
    Metadata metadata = file.metadata();
    problems.throwIfAny();
    return metadata;
  }

  private static JsonNode parse(MetadataProblems problems, String json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (root.isObject()) {
        return root;
      }
      problems.add("$", "is not an object", "");
    } catch (JsonProcessingException e) {
      problems.add("$", "is not valid JSON: " + e.getOriginalMessage(), MetadataProblems.where(e));
    }
    problems.throwIfAny();
    return MissingNode.getInstance();
  }

  private Metadata metadata() {
    Map<KubernetesVersion, ReleaseData> releases = new LinkedHashMap<>();
    Map<KubernetesVersion, String> unusable = new HashMap<>();
    Map<String, Map<Component, Map<String, String>>> flags = flags(section(FLAGS));
    Map<String, List<String>> engines = engines(section(ENGINES));
    JsonNode images = section(IMAGES);
    if (images.isObject() && images.isEmpty()) {
      problems.add(path(IMAGES), "names no version", "");
    }
    for (Map.Entry<String, JsonNode> entry : images.properties()) {
      String place = path(IMAGES, entry.getKey());
      problems
          .value(place, () -> new KubernetesVersion(entry.getKey()))
          .ifPresent(
              version -> {
                Map<SystemImage, ImageRef> found = images(place, entry.getValue());
                Optional<String> line = flagsOf(version, found, flags.keySet());
                if (line.isEmpty()) {
                  unusable.put(version, FLAGS + " has nothing for it or for " + version.line());
                } else {
                  releases.put(
                      version,
                      new ReleaseData(
                          version,
                          found,
                          flags.getOrDefault(line.get(), Map.of()),
                          enginesOf(version, engines)));
                }
              });
    }
    return new Metadata(releases, unusable, usual(releases));
  }

  private Map<SystemImage, ImageRef> images(String place, JsonNode node) {
    Map<SystemImage, ImageRef> images = new EnumMap<>(SystemImage.class);
    for (Map.Entry<String, String> entry : texts(place, node, PARTS.keySet()).entrySet()) {
      SystemImage part = PARTS.get(plain(entry.getKey()));
      if (part != null && !entry.getValue().isEmpty()) {
        problems
            .value(
                MetadataProblems.child(place, entry.getKey()), () -> new ImageRef(entry.getValue()))
            .ifPresent(image -> images.put(part, image));
      }
    }
    for (SystemImage part : NEEDED) {
      if (!images.containsKey(part) && node.isObject() && !names(node, part)) {
        problems.add(place, "names no image for " + part.key(), "every node needs it");
      }
    }
    return images;
  }

  /** Whether there is something, good or bad, for a part. */
  private static boolean names(JsonNode node, SystemImage part) {
    return node.properties().stream()
        .anyMatch(
            entry ->
                plain(entry.getKey()).equals(plain(part.key()))
                    && !entry.getValue().asText("").isEmpty());
  }

  private Map<String, Map<Component, Map<String, String>>> flags(JsonNode section) {
    Map<String, Map<Component, Map<String, String>>> flags = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : section.properties()) {
      Map<Component, Map<String, String>> components = new EnumMap<>(Component.class);
      String place = path(FLAGS, entry.getKey());
      if (!entry.getValue().isObject()) {
        problems.add(place, "is not an object", "");
      }
      NAMES.forEach(
          (component, name) -> {
            JsonNode node = entry.getValue().path(name);
            // RKE takes what is missing for nothing to say: its metadata have no flags of etcd for
            // versions before 1.14.
            components.put(
                component,
                node.isMissingNode() || node.isNull()
                    ? Map.of()
                    : texts(MetadataProblems.child(place, name), node, Set.of()));
          });
      flags.put(entry.getKey(), components);
    }
    return flags;
  }

  private static Optional<String> flagsOf(
      KubernetesVersion version, Map<SystemImage, ImageRef> images, Set<String> known) {
    if (known.contains(version.value())) {
      return Optional.of(version.value());
    }
    String line =
        Optional.ofNullable(images.get(SystemImage.KUBERNETES))
            .map(ImageRef::tag)
            .filter(tag -> tag.matches("v\\d{1,4}\\.\\d{1,4}\\.\\d{1,4}([-.].*)?"))
            .map(tag -> new KubernetesVersion(tag).line())
            .orElse(version.line());
    return Optional.of(line).filter(known::contains);
  }

  private Map<String, List<String>> engines(JsonNode section) {
    Map<String, List<String>> engines = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : section.properties()) {
      List<String> versions = new ArrayList<>();
      for (JsonNode version : entry.getValue()) {
        String place = path(ENGINES, entry.getKey()) + "[" + versions.size() + "]";
        if (version.asText("").matches("\\d{1,4}\\.\\d{1,4}(\\.x)?")) {
          versions.add(version.asText().replace(".x", ""));
        } else {
          problems.add(place, "is not an engine's version such as 20.10.x", "");
        }
      }
      engines.put(entry.getKey(), versions);
    }
    return engines;
  }

  private List<String> enginesOf(KubernetesVersion version, Map<String, List<String>> engines) {
    List<String> found = engines.getOrDefault(version.line().substring(1), List.of());
    if (found.isEmpty() && root.path(ENGINES).isObject()) {
      problems.once(path(ENGINES), "has nothing for " + version.line().substring(1), "");
    }
    return found;
  }

  private Optional<KubernetesVersion> usual(Map<KubernetesVersion, ReleaseData> releases) {
    JsonNode node = root.path(USUAL).path("default");
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    String place = path(USUAL, "default");
    Optional<KubernetesVersion> usual =
        problems.value(place, () -> new KubernetesVersion(node.asText()));
    usual
        .filter(version -> !releases.containsKey(version))
        .ifPresent(
            version ->
                problems.add(place, "'" + version + "' is none of the versions with images", ""));
    return usual;
  }

  private JsonNode section(String name) {
    JsonNode section = root.path(name);
    if (!section.isObject()) {
      problems.add(
          path(name),
          section.isMissingNode() ? "is missing" : "is not an object",
          "take RKE's data.json");
    }
    return section;
  }

  /** The texts of an object; of some objects only certain entries are looked at. */
  private Map<String, String> texts(String place, JsonNode node, Set<String> only) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (!node.isObject()) {
      problems.add(place, "is not an object", "");
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!only.isEmpty() && !only.contains(plain(entry.getKey()))) {
        continue;
      }
      if (entry.getValue().isTextual()) {
        texts.put(entry.getKey(), entry.getValue().textValue());
      } else {
        problems.add(MetadataProblems.child(place, entry.getKey()), "is not a text", "");
      }
    }
    return texts;
  }

  private static String plain(String key) {
    return key.replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static String path(String... names) {
    String path = "$";
    for (String name : names) {
      path = MetadataProblems.child(path, name);
    }
    return path;
  }
}
