package io.rke4j.core.catalogue;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.cluster.VersionMetadata;
import io.rke4j.core.cluster.Release;
import io.rke4j.core.resource.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The Kubernetes versions that can be provisioned: those that this library brings along, each in a
 * file of its own, and those of the metadata that the user names. Safe for use by several threads.
 */
public final class VersionCatalogue {

  private static final VersionCatalogue BUILT_IN =
      new VersionCatalogue(
          Resource.lines(VersionCatalogue.class, "versions").map(KubernetesVersion::new).toList(),
          new Metadata(
              Map.of(),
              Map.of(),
              Optional.of(
                  new KubernetesVersion(
                      Resource.text(VersionCatalogue.class, "default-version").strip()))),
          Optional.empty());

  private final List<KubernetesVersion> versions;
  private final Metadata metadata;
  private final Optional<String> notice;
  private final Map<KubernetesVersion, ReleaseData> read = new ConcurrentHashMap<>();

  private VersionCatalogue(
      Collection<KubernetesVersion> versions, Metadata metadata, Optional<String> notice) {
    this.versions = versions.stream().sorted().distinct().toList();
    this.metadata = metadata;
    this.notice = notice;
  }

  /** The versions that this library brings along. */
  public static VersionCatalogue builtIn() {
    return BUILT_IN;
  }

  /**
   * The versions of RKE's metadata, and beside them those that this library brings along.
   *
   * @throws InvalidSpecException if the metadata cannot be had, or naming everything that is wrong
   *     with them
   */
  public static VersionCatalogue with(VersionMetadata source) {
    MetadataDownload.Fetched fetched = MetadataSource.of(source);
    List<KubernetesVersion> all = new ArrayList<>(BUILT_IN.versions);
    all.addAll(fetched.metadata().releases().keySet());
    return new VersionCatalogue(all, fetched.metadata(), fetched.notice());
  }

  /** All versions, the oldest first. */
  public List<KubernetesVersion> versions() {
    return versions;
  }

  /** The version of a cluster that names none. */
  public KubernetesVersion defaultVersion() {
    return metadata.usual().orElseGet(BUILT_IN::defaultVersion);
  }

  /** What the user should know of this catalogue, if anything. */
  public Optional<String> notice() {
    return notice;
  }

  /** What belongs to a version; empty if the version is not known. */
  public Optional<Release> find(KubernetesVersion version) {
    return data(version).map(data -> data.release(data.images()));
  }

  private Optional<ReleaseData> data(KubernetesVersion version) {
    ReleaseData named = metadata.releases().get(version);
    if (named != null) {
      return Optional.of(named);
    }
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
    ReleaseData data =
        data(spec.version())
            .orElseThrow(
                () ->
                    new InvalidSpecException(
                        "cluster '" + spec.name() + "'", List.of(unknown(spec.version().value()))));
    Map<SystemImage, ImageRef> images = new HashMap<>(data.images());
    spec.runtime()
        .defaultRegistry()
        .ifPresent(registry -> images.replaceAll((part, image) -> image.in(registry)));
    images.putAll(spec.runtime().images());
    return data.release(images);
  }

  /** Why a version cannot be provisioned, and which can be instead. */
  public SpecProblem unknown(String version) {
    return new SpecProblem(
        "kubernetes_version",
        metadata.unusable().entrySet().stream()
            .filter(entry -> entry.getKey().value().equals(version))
            .map(entry -> "'" + version + "' cannot be provisioned: " + entry.getValue())
            .findFirst()
            .orElse("'" + version + "' is not a version that this version of rke4j knows"),
        "name one of " + newest());
  }

  /** The newest version of each minor one, and what the library brings along. */
  private String newest() {
    Map<String, KubernetesVersion> newest = new LinkedHashMap<>();
    versions.forEach(version -> newest.put(version.line(), version));
    return versions.stream()
        .filter(version -> newest.containsValue(version) || BUILT_IN.versions().contains(version))
        .map(KubernetesVersion::value)
        .collect(Collectors.joining(", "));
  }
}
