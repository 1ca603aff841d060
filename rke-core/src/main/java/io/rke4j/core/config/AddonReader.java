package io.rke4j.core.config;

import io.rke4j.api.cluster.Addon;
import io.rke4j.api.cluster.AddonsBuilder;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.DnsSpec;
import io.rke4j.api.cluster.IngressSpec;
import io.rke4j.api.cluster.MetricsSpec;
import io.rke4j.core.config.Place.Word;
import io.rke4j.core.config.YamlNode.Field;
import io.rke4j.core.config.YamlNode.Scalar;
import java.time.Duration;

/** Reads {@code dns}, {@code ingress}, {@code monitoring} and the user's own manifests. */
final class AddonReader {

  private final Place root;
  private final Manifests manifests;

  AddonReader(Place root, Manifests manifests) {
    this.root = root;
    this.manifests = manifests;
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
    Place dns = root.section("dns");
    addons.dns(
        new DnsSpec(wanted(dns), dns.texts("upstreamnameservers"), dns.pairs("node_selector")));
    Place monitoring = root.section("monitoring");
    addons.metrics(
        new MetricsSpec(
            wanted(monitoring),
            monitoring.pairs("options"),
            monitoring.pairs("node_selector"),
            monitoring.whole("replicas").orElse(1)));
    Place ingress = root.section("ingress");
    addons.ingress(
        new IngressSpec(
            wanted(ingress),
            ingress.pairs("options"),
            ingress.pairs("extra_args"),
            ingress.pairs("node_selector")));
    // RKE takes 0 for unset.
    root.whole("addon_job_timeout")
        .filter(seconds -> seconds != 0)
        .ifPresent(seconds -> addons.jobTimeout(Duration.ofSeconds(seconds)));
  }

  private static boolean wanted(Place addon) {
    return !addon.text("provider").filter("none"::equals).isPresent();
  }
}
