package io.rke4j.core.config;

import io.rke4j.api.cluster.Addon;
import io.rke4j.api.cluster.AddonsBuilder;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.DnsProvider;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.MetricsBuilder;
import io.rke4j.core.config.Place.Word;
import io.rke4j.core.config.YamlNode.Field;
import io.rke4j.core.config.YamlNode.Scalar;
import java.time.Duration;

/** Reads {@code dns}, {@code ingress}, {@code monitoring} and the user's own manifests. */
final class AddonReader {

  private final Place root;
  private final KubernetesVersion version;
  private final Manifests manifests;
  private final FileProblems problems;

  AddonReader(Place root, KubernetesVersion version, Manifests manifests, FileProblems problems) {
    this.root = root;
    this.version = version;
    this.manifests = manifests;
    this.problems = problems;
  }

  void read(ClusterSpec.Builder spec) {
    spec.addons(this::builtIn);
    root.word("addons")
        .flatMap(text -> manifests.inline(text, firstLine(text)))
        .ifPresent(text -> spec.addon(Addon.inline("rke-user-addon", text).optional()));
    manifests
        .included(root.words("addons_include"))
        .ifPresent(text -> spec.addon(Addon.inline("rke-user-includes-addons", text).optional()));
  }

  /** Only a text that keeps its line breaks lets the lines of the manifest be told. */
  private int firstLine(Word addons) {
    Field field = root.fields().get(addons.path());
    return field != null && field.value() instanceof Scalar scalar && scalar.block()
        ? scalar.line() + 1
        : 0;
  }

  private void builtIn(AddonsBuilder addons) {
    addons.dns(new DnsReader(root.section("dns"), DnsProvider.usual(version), problems)::read);
    Place monitoring = root.section("monitoring");
    addons.metrics(metrics -> metrics(monitoring, metrics));
    addons.ingress(new IngressReader(root.section("ingress"), problems)::read);
    // RKE takes 0 for unset.
    root.whole("addon_job_timeout")
        .filter(seconds -> seconds != 0)
        .ifPresent(seconds -> addons.jobTimeout(Duration.ofSeconds(seconds)));
  }

  private void metrics(Place monitoring, MetricsBuilder metrics) {
    metrics.enabled(wanted(monitoring));
    monitoring.pairs("options").forEach(metrics::option);
    monitoring.whole("replicas").ifPresent(metrics::replicas);
    metrics.pods(pods -> new PodsReader(problems).read(monitoring, pods));
    monitoring
        .text("metrics_server_priority_class_name")
        .ifPresent(name -> metrics.pods(pods -> pods.priorityClass(name)));
  }

  static boolean wanted(Place addon) {
    return !addon.text("provider").filter("none"::equals).isPresent();
  }
}
