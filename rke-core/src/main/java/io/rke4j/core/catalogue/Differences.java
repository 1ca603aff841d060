package io.rke4j.core.catalogue;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.ImageVersion;
import io.rke4j.core.cluster.Traits;
import io.rke4j.core.resource.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What differs from version to version beyond what RKE's metadata say: a file, in order. */
final class Differences {

  static final String FILE = "differences.yaml";

  private static final List<Entry> ENTRIES = parse(FILE, Resource.text(Differences.class, FILE));

  private Differences() {}

  /** What a version turns out to be. */
  record Applied(Map<Component, Map<String, String>> options, Traits traits) {}

  /**
   * One entry.
   *
   * @param part whose version counts; empty for that of Kubernetes
   * @param from the first version that it is for
   * @param before the first version that it is no longer for, if there is one
   * @param traits what it says of traits
   * @param options what it says of flags
   */
  private record Entry(
      Optional<SystemImage> part,
      ImageVersion from,
      Optional<ImageVersion> before,
      Map<String, Object> traits,
      Map<Component, Map<String, String>> options) {

    boolean fits(ImageVersion version) {
      return version.compareTo(from) >= 0
          && before.map(end -> version.compareTo(end) < 0).orElse(true);
    }
  }

  static Applied of(
      KubernetesVersion version,
      Map<SystemImage, ImageRef> images,
      Map<Component, Map<String, String>> metadata) {
    return apply(ENTRIES, version, images, metadata);
  }

  private static Applied apply(
      List<Entry> entries,
      KubernetesVersion version,
      Map<SystemImage, ImageRef> images,
      Map<Component, Map<String, String>> metadata) {
    Map<String, Object> traits = new LinkedHashMap<>();
    Map<Component, Map<String, String>> options = new EnumMap<>(Component.class);
    metadata.forEach((component, flags) -> options.put(component, new LinkedHashMap<>(flags)));
    for (Entry entry : entries) {
      // A tag without a version is the user's own, and surely not older than all these.
      Optional<ImageVersion> theirs =
          entry.part().isEmpty()
              ? Optional.of(ImageVersion.parse(version.value()))
              : Optional.ofNullable(images.get(entry.part().get())).flatMap(ImageVersion::of);
      if (theirs.map(entry::fits).orElse(entry.before().isEmpty())) {
        traits.putAll(entry.traits());
        entry
            .options()
            .forEach(
                (component, flags) ->
                    options.computeIfAbsent(component, c -> new LinkedHashMap<>()).putAll(flags));
      }
    }
    return new Applied(Map.copyOf(options), TraitsReader.read(Section.of(FILE, traits)));
  }

  static List<Entry> parse(String file, String text) {
    List<Entry> entries = new ArrayList<>();
    for (Section section : Section.parseList(file, text)) {
      boolean ofEtcd = section.has("etcd");
      String from = section.text(ofEtcd ? "etcd" : "kubernetes");
      Optional<ImageVersion> before =
          section.has("before")
              ? Optional.of(ImageVersion.parse(section.text("before")))
              : Optional.empty();
      Map<String, Object> traits =
          section.has("traits") ? section.section("traits").entries() : Map.of();
      entries.add(
          new Entry(
              ofEtcd ? Optional.of(SystemImage.ETCD) : Optional.empty(),
              ImageVersion.parse(from),
              before,
              traits,
              section.has("options") ? options(section.section("options")) : Map.of()));
      section.nothingElse();
    }
    return List.copyOf(entries);
  }

  private static Map<Component, Map<String, String>> options(Section section) {
    Map<Component, Map<String, String>> options = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      if (section.has(component.container())) {
        options.put(component, section.section(component.container()).texts());
      }
    }
    section.nothingElse();
    return options;
  }
}
