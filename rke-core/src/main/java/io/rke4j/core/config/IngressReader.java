package io.rke4j.core.config;

import io.rke4j.api.cluster.IngressBackend;
import io.rke4j.api.cluster.IngressBackend.Use;
import io.rke4j.api.cluster.IngressBuilder;
import io.rke4j.api.cluster.IngressPorts;
import io.rke4j.api.cluster.IngressPorts.Mode;
import java.util.Arrays;

/** Reads {@code ingress}. */
record IngressReader(Place ingress, FileProblems problems) {

  void read(IngressBuilder builder) {
    builder.enabled(AddonReader.wanted(ingress));
    ingress.pairs("options").forEach(builder::option);
    ingress.pairs("extra_args").forEach(builder::extraArg);
    ports(builder);
    builder.pods(pods -> new PodsReader(problems).read(ingress, pods));
    ingress
        .text("nginx_ingress_controller_priority_class_name")
        .ifPresent(name -> builder.pods(pods -> pods.priorityClass(name)));
    ingress.truth("default_ingress_class").ifPresent(builder::defaultClass);
    if (!problems.explains(ingress.at("dns_policy"))) {
      ingress.text("dns_policy").ifPresent(builder::dnsPolicy);
    }
    ingress.objects("extra_envs").forEach(builder::env);
    ingress.objects("extra_volumes").forEach(builder::volume);
    ingress.objects("extra_volume_mounts").forEach(builder::volumeMount);
    builder.backend(
        new IngressBackend(
            ingress
                .truth("default_backend")
                .map(on -> on ? Use.YES : Use.NO)
                .orElse(Use.BY_VERSION),
            ingress.text("default_http_backend_priority_class_name").orElse("")));
  }

  private void ports(IngressBuilder builder) {
    Mode mode =
        Arrays.stream(Mode.values())
            .filter(known -> known.label().equals(ingress.text("network_mode").orElse("")))
            .findFirst()
            .orElse(IngressPorts.USUAL.mode());
    try {
      builder.ports(
          new IngressPorts(
              mode,
              port("http_port", IngressPorts.USUAL.http()),
              port("https_port", IngressPorts.USUAL.https())));
    } catch (IllegalArgumentException e) {
      problems.add(ingress.path(), String.valueOf(e.getMessage()), "");
    }
  }

  /** RKE takes 0 for unset. */
  private int port(String key, int usual) {
    return ingress.whole(key).filter(port -> port != 0).orElse(usual);
  }
}
