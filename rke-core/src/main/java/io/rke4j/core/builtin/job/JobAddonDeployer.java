package io.rke4j.core.builtin.job;

import io.rke4j.core.kube.KubeApi;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.addon.AddonDeployer;
import io.rke4j.spi.addon.AddonFailedException;
import io.rke4j.spi.addon.AddonManifest;
import io.rke4j.spi.addon.AddonState;
import io.rke4j.spi.addon.KubeEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Deploys addons from inside the cluster: the manifest lies in a ConfigMap of the addon's name, and
 * a Job applies it. What a changed manifest no longer has is deleted; a removed addon leaves
 * nothing behind. A change that is interrupted is found again by its ConfigMaps.
 */
final class JobAddonDeployer implements AddonDeployer {

  private final KubeApi kube;
  private final StoredManifests manifests;
  private final ClusterJobs jobs;

  JobAddonDeployer(KubeApi kube, KubeEndpoint cluster) {
    this.kube = kube;
    this.manifests = new StoredManifests(kube.client());
    this.jobs = new ClusterJobs(kube, cluster);
  }

  @Override
  public AddonState state(AddonManifest addon) {
    Optional<String> stored = manifests.find(addon.name());
    if (stored.isEmpty()) {
      return AddonState.ABSENT;
    }
    boolean isDeployed =
        stored.get().equals(addon.yaml())
            && jobs.isComplete(KubectlJob.deploying(addon.name()))
            && manifests.find(vanished(addon.name())).isEmpty();
    return isDeployed ? AddonState.DEPLOYED : AddonState.OUTDATED;
  }

  @Override
  public Set<String> deployed() {
    Set<String> names = new TreeSet<>();
    Set<String> jobNames = jobs.names();
    manifests
        .addons()
        .forEach(
            (name, isMarked) -> {
              // RKE keeps the ConfigMap of an addon that it has removed, but not the Job.
              if (isMarked || jobNames.contains(KubectlJob.deploying(name).name())) {
                names.add(name);
              }
            });
    return names;
  }

  @Override
  public void deploy(AddonManifest addon, Duration atMost, OperationContext context) {
    if (state(addon) == AddonState.DEPLOYED) {
      return;
    }
    Deadline deadline = Deadline.in(atMost);
    String name = addon.name();
    ManifestChange change = change(addon);
    noteVanished(name, change.vanished());
    change.changedJobs().forEach(job -> jobs.delete(name, job, deadline, context));
    // Before, since beside the new manifest the former Job would say that it has been applied.
    jobs.delete(name, KubectlJob.deploying(name), deadline, context);
    manifests.saveAddon(name, addon.yaml());
    jobs.runFirst(name, KubectlJob.deploying(name), deadline, context);
    // Only now: what worked before must not go for a manifest that does not.
    deleteVanished(name, deadline, context);
    context.progress(1, "applied");
  }

  @Override
  public void remove(String name, Duration atMost, OperationContext context) {
    Deadline deadline = Deadline.in(atMost);
    deleteVanished(name, deadline, context);
    manifests.find(name).ifPresent(manifest -> deleteObjects(name, manifest, deadline, context));
    jobs.delete(name, KubectlJob.deploying(name), deadline, context);
    jobs.delete(name, KubectlJob.deleting(name), deadline, context);
    // Last, so that a removal that was interrupted can be done again.
    manifests.delete(name);
  }

  private void deleteObjects(
      String name, String manifest, Deadline deadline, OperationContext context) {
    String objects = references(parsed(name, () -> ManifestObject.of(manifest)));
    if (!objects.isEmpty()) {
      // In place of the manifest, which kubectl may have refused ever since.
      manifests.saveAddon(name, objects);
      jobs.run(name, KubectlJob.deleting(name), deadline, context);
    }
  }

  private ManifestChange change(AddonManifest addon) {
    // What an interrupted change has not deleted yet counts as still there.
    String before =
        manifests.find(addon.name()).orElse("")
            + "\n---\n"
            + manifests.find(vanished(addon.name())).orElse("");
    return parsed(addon.name(), () -> ManifestChange.of(before, addon.yaml()));
  }

  private static <T> T parsed(String name, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new AddonFailedException(
          name,
          "has a manifest that is not YAML",
          "Correct the manifest.",
          String.valueOf(e.getMessage()).lines().toList());
    }
  }

  private void noteVanished(String name, List<ManifestObject> vanished) {
    String objects = references(vanished);
    if (objects.isEmpty()) {
      manifests.delete(vanished(name));
    } else {
      manifests.saveVanished(vanished(name), objects);
    }
  }

  private String references(List<ManifestObject> objects) {
    ServedKinds kinds = new ServedKinds(kube.client());
    return ManifestObject.references(objects.stream().filter(kinds::has).toList());
  }

  private void deleteVanished(String name, Deadline deadline, OperationContext context) {
    KubectlJob job = KubectlJob.deleting(vanished(name));
    if (manifests.find(vanished(name)).isPresent()) {
      jobs.run(name, job, deadline, context);
      manifests.delete(vanished(name));
    }
    jobs.delete(name, job, deadline, context);
  }

  private static String vanished(String name) {
    return name + "-old";
  }

  @Override
  public void close() {
    kube.close();
  }
}
