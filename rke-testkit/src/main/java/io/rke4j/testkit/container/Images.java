package io.rke4j.testkit.container;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The images of one host. Thread-safe. */
public final class Images {

  private static final int SHORTEST_PREFIX = 4;

  private final Map<String, Image> byName = new ConcurrentHashMap<>();
  private final Registries registries;

  /** No images yet. */
  public Images(Registries registries) {
    this.registries = registries;
  }

  /** All images: those with several names once for each. */
  public List<Image> all() {
    List<Image> all = new ArrayList<>(byName.values());
    all.sort(Comparator.comparing(Image::name));
    return all;
  }

  /** The image with a name, a digest, an identifier, or the beginning of one. */
  public Optional<Image> find(String reference) {
    Image named = byName.get(ImageName.parse(reference).toString());
    if (named != null) {
      return Optional.of(named);
    }
    String digits = reference.replaceFirst("^sha256:", "");
    if (digits.length() < SHORTEST_PREFIX || !digits.matches("[0-9a-f]+")) {
      return Optional.empty();
    }
    return byName.values().stream()
        .filter(image -> image.id().startsWith("sha256:" + digits))
        .findFirst();
  }

  /**
   * The same, where it has to be there.
   *
   * @throws EngineRefusal if it is not
   */
  public Image require(String reference) {
    return find(reference)
        .orElseThrow(() -> EngineRefusal.noImage(ImageName.parse(reference).toString()));
  }

  /**
   * Brings an image to the host.
   *
   * @param auth the login that came with the request; empty if none did
   * @return whether it is new here
   * @throws EngineRefusal if its registry does not give it, or not what its digest says
   */
  public boolean pull(ImageName name, ObjectNode auth) {
    Image image = registries.find(name, auth);
    if (!byName.containsKey(name.toString()) && registries.corrupts(name)) {
      throw EngineRefusal.corruptLayer(image.layer());
    }
    return byName.putIfAbsent(name.toString(), image) == null;
  }

  /**
   * What a registry says of an image.
   *
   * @throws EngineRefusal if its registry does not give it
   */
  public Image ask(ImageName name, ObjectNode auth) {
    return registries.find(name, auth);
  }

  /** Gives an image a further name. */
  public void tag(String reference, ImageName name) {
    Image image = require(reference);
    byName.put(
        name.toString(),
        new Image(image.id(), image.digest(), name.toString(), image.config(), image.pulled()));
  }

  /**
   * Takes a name from an image, and with the last name the image.
   *
   * @return what went
   * @throws EngineRefusal if there is no such image
   */
  public Image remove(String reference) {
    Image image = require(reference);
    byName.remove(image.name());
    return image;
  }
}
