package io.rke4j.core.catalogue;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Component;
import io.rke4j.core.cluster.Release;
import io.rke4j.core.cluster.Traits;
import io.rke4j.core.resource.Resource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Reads what belongs to one version. */
final class ReleaseFile {

  private ReleaseFile() {}

  static Release read(KubernetesVersion version) {
    String file = version + ".yaml";
    return parse(version, file, Resource.text(ReleaseFile.class, file));
  }

  static Release parse(KubernetesVersion version, String file, String text) {
    Section root = Section.parse(file, text);
    Release release =
        new Release(
            version,
            images(root.section("images")),
            options(root.section("options")),
            root.list("engines", String.class),
            traits(root.section("traits")));
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

  private static Traits traits(Section section) {
    Traits traits =
        new Traits(
            section.list("etcd-client-ports", Integer.class),
            section.flag("audit-log"),
            section.flag("audit-policy-checksum"),
            section.text("kernel-modules-mount"));
    section.nothingElse();
    return traits;
  }
}
