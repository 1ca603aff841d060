package io.rke4j.core.builtin.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a new manifest means for the objects of the one before it.
 *
 * @param vanished the objects that are no longer wanted
 * @param changedJobs Jobs that say something new, which Kubernetes allows no Job
 */
record ManifestChange(List<ManifestObject> vanished, List<ManifestObject.Identity> changedJobs) {

  static ManifestChange of(String before, String after) {
    Map<ManifestObject.Identity, ManifestObject> wanted = byIdentity(after);
    Map<ManifestObject.Identity, ManifestObject> former = byIdentity(before);
    return new ManifestChange(
        former.values().stream().filter(object -> !wanted.containsKey(object.identity())).toList(),
        wanted.values().stream()
            .filter(ManifestObject::isJob)
            .filter(job -> former.containsKey(job.identity()))
            .filter(job -> !job.equals(former.get(job.identity())))
            .map(ManifestObject::identity)
            .toList());
  }

  private static Map<ManifestObject.Identity, ManifestObject> byIdentity(String manifest) {
    Map<ManifestObject.Identity, ManifestObject> objects = new LinkedHashMap<>();
    ManifestObject.of(manifest).forEach(object -> objects.put(object.identity(), object));
    return objects;
  }
}
