package io.rke4j.core.render;

import io.rke4j.api.cluster.AdmissionSpec;
import io.rke4j.api.cluster.KubeApiSpec;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.cluster.Traits;
import io.rke4j.core.document.AdmissionFile;
import java.util.Optional;

/** What the API server does to requests beyond what its version does anyway. */
record Admission(AdmissionSpec spec, boolean ownFile, Traits.ApiServer traits) {

  static final String PATH = "/etc/kubernetes/admission.yaml";

  private static final String PLUGINS = "enable-admission-plugins";
  private static final String FILE_FLAG = "admission-control-config-file";

  static Admission of(Resolved cluster) {
    KubeApiSpec spec = cluster.spec().services().kubeApi();
    return new Admission(
        spec.admission(),
        spec.options().args().containsKey(FILE_FLAG),
        cluster.release().traits().apiServer());
  }

  /** The configuration of plugins, unless there is none or an argument names another file. */
  Optional<String> file() {
    boolean wanted =
        traits.admissionFile()
            || spec.eventRateLimits().enabled()
            || !spec.configuration().isEmpty();
    return wanted && !ownFile
        ? Optional.of(AdmissionFile.of(spec, traits.admissionFile(), traits.podSecurity()))
        : Optional.empty();
  }

  void into(Flags flags) {
    if (spec.podSecurityPolicy()) {
      // RKE puts this in the place of what the version has there, so that is what its clusters run.
      flags.set("runtime-config", "policy/v1beta1/podsecuritypolicy=true");
      flags.append(PLUGINS, "PodSecurityPolicy");
    }
    if (spec.alwaysPullImages()) {
      flags.append(PLUGINS, "AlwaysPullImages");
    }
    if (spec.eventRateLimits().enabled()) {
      flags.append(PLUGINS, "EventRateLimit");
    }
    flags.setIf(file().isPresent(), FILE_FLAG, PATH);
  }
}
