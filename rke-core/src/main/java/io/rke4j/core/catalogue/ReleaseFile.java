package io.rke4j.core.catalogue;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.resource.Resource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Reads what belongs to one version. */
final class ReleaseFile {

  private ReleaseFile() {}

  static ReleaseData read(KubernetesVersion version) {
    String file = version + ".yaml";
    return parse(version, file, Resource.text(ReleaseFile.class, file));
  }

  static ReleaseData parse(KubernetesVersion version, String file, String text) {
    Section root = Section.parse(file, text);
    ReleaseData release =
        new ReleaseData(
            version,
            images(root.section("images")),
            options(root.section("options")),
            root.list("engines", String.class));
    root.nothingElse();
    return release;
  }

  private static Map<SystemImage, ImageRef> images(Section section) {
    Map<SystemImage, ImageRef> images = new EnumMap<>(SystemImage.class);
    section
        .texts()
        .forEach(
            (key, name) ->
                images.put(
                    Arrays.stream(SystemImage.values())
                        .filter(image -> image.key().equals(key))
                        .findFirst()
                        .orElseThrow(() -> section.mistake("'" + key + "' is not an image's key")),
                    new ImageRef(name)));
    return images;
  }

  private static Map<Component, Map<String, String>> options(Section section) {
    Map<Component, Map<String, String>> options = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      options.put(component, section.section(component.container()).texts());
    }
    section.nothingElse();
    return options;
  }
}
