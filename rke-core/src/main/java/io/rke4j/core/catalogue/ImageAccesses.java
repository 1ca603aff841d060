package io.rke4j.core.catalogue;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.core.cluster.ImageVersion;
import io.rke4j.core.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What is known of who can pull an image: a file, the first entry that fits. */
public final class ImageAccesses {

  private static final String FILE = "image-access.yaml";

  private static final List<Entry> ENTRIES = parse(FILE, Resource.text(ImageAccesses.class, FILE));

  private ImageAccesses() {}

  private record Entry(Pattern images, List<ImageVersion> versions, ImageAccess access) {

    boolean fits(ImageRef image) {
      return images.matcher(image.registry() + "/" + image.path()).matches()
          && (versions.isEmpty() || ImageVersion.of(image).map(this::isFor).orElse(false));
    }

    /** Of the same minor version and not older, or newer than all. */
    private boolean isFor(ImageVersion version) {
      ImageVersion last = versions.get(versions.size() - 1);
      return version.compareTo(last) >= 0
          || versions.stream()
              .anyMatch(first -> isSameLine(first, version) && version.compareTo(first) >= 0);
    }

    private static boolean isSameLine(ImageVersion one, ImageVersion other) {
      return one.numbers().subList(0, 2).equals(other.numbers().subList(0, 2));
    }
  }

  /** Who can pull an image. */
  public static ImageAccess of(ImageRef image) {
    return ENTRIES.stream()
        .filter(entry -> entry.fits(image))
        .findFirst()
        .map(Entry::access)
        .orElse(ImageAccess.UNKNOWN);
  }

  static List<Entry> parse(String file, String text) {
    List<Entry> entries = new ArrayList<>();
    for (Section section : Section.parseList(file, text)) {
      List<String> versions =
          section.has("versions") ? section.list("versions", String.class) : List.of();
      entries.add(
          new Entry(
              Pattern.compile(section.text("images")),
              versions.stream().map(ImageVersion::parse).toList(),
              ImageAccess.valueOf(section.text("access").toUpperCase(Locale.ROOT))));
      section.nothingElse();
    }
    return List.copyOf(entries);
  }
}
