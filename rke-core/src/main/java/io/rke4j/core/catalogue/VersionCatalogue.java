package io.rke4j.core.catalogue;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.Release;
import io.rke4j.core.resource.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The Kubernetes versions that can be provisioned. Each is described by a file of its own, read
 * when the version is first asked for. Safe for use by several threads.
 */
public final class VersionCatalogue {

  private static final VersionCatalogue BUILT_IN =
      new VersionCatalogue(
          Resource.lines(VersionCatalogue.class, "versions")
              .map(KubernetesVersion::new)
              .sorted()
              .toList(),
          new KubernetesVersion(Resource.text(VersionCatalogue.class, "default-version").strip()));

  private final List<KubernetesVersion> versions;
  private final KubernetesVersion usual;
  private final Map<KubernetesVersion, ReleaseData> read = new ConcurrentHashMap<>();

  private VersionCatalogue(List<KubernetesVersion> versions, KubernetesVersion usual) {
    this.versions = versions;
    this.usual = usual;
  }

  /** The versions that this library brings along. */
  public static VersionCatalogue builtIn() {
    return BUILT_IN;
  }

  /** All versions, the oldest first. */
  public List<KubernetesVersion> versions() {
    return versions;
  }

  /** The version of a cluster that names none. */
  public KubernetesVersion defaultVersion() {
    return usual;
  }

  /** What belongs to a version; empty if the version is not known. */
  public Optional<Release> find(KubernetesVersion version) {
    return data(version).map(data -> data.release(data.images()));
  }

  private Optional<ReleaseData> data(KubernetesVersion version) {
    return versions.contains(version)
        ? Optional.of(read.computeIfAbsent(version, ReleaseFile::read))
        : Optional.empty();
  }

  /**
   * What belongs to a cluster's version, with the images that the user replaced. The others come
   * from the default registry, if there is one.
   *
   * @throws InvalidSpecException naming the versions that are known, if the cluster's is not
   */
  public Release release(ClusterSpec spec) {
    ReleaseData data = data(spec.version()).orElseThrow(() -> unknown(spec));
    Map<SystemImage, ImageRef> images = new HashMap<>(data.images());
    spec.runtime()
        .defaultRegistry()
        .ifPresent(registry -> images.replaceAll((part, image) -> image.in(registry)));
    images.putAll(spec.runtime().images());
    return data.release(images);
  }

  private InvalidSpecException unknown(ClusterSpec spec) {
    String known =
        versions.stream().map(KubernetesVersion::value).collect(Collectors.joining(", "));
    return new InvalidSpecException(
        "cluster '" + spec.name() + "'",
        List.of(
            new SpecProblem(
                "kubernetes_version",
                "'" + spec.version() + "' is not a known version",
                "name one of " + known)));
  }
}
