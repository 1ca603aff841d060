package io.rke4j.core.check;

import static io.rke4j.core.check.HostCheck.Symptom.blocks;
import static io.rke4j.core.check.HostCheck.Symptom.warns;

import io.rke4j.api.check.Finding.Severity;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.RegistrySpec;
import io.rke4j.core.check.HostCheck.Symptom;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.runtime.ImageUnavailableException;
import io.rke4j.spi.runtime.RegistryException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Registries, as the engines of the hosts see them. */
final class RegistryChecks {

  /** Where Docker Hub's images are. */
  private static final String HUB = "registry-1.docker.io";

  static final List<HostCheck> ALL =
      List.of(
          new HostCheck(
              "registry",
              "images that are not on the host yet come from there",
              host ->
                  host.engine().refusals().stream()
                      .filter(refusal -> unknownName(host, refusal).isEmpty())
                      .map(RegistryChecks::symptom)),
          new HostCheck(
              "registry-name",
              "images cannot be pulled from a registry that the host does not find",
              host ->
                  host.engine().refusals().stream()
                      .flatMap(
                          refusal ->
                              unknownName(host, refusal).stream()
                                  .map(name -> ofName(host, name, refusal)))));

  private RegistryChecks() {}

  private static Symptom symptom(ProviderException refusal) {
    String evidence = Connections.said(refusal);
    return mayPass(refusal)
        ? warns("an image may not be had", evidence, refusal.hint())
        : blocks(what(refusal), evidence, refusal.hint());
  }

  private static boolean mayPass(ProviderException refusal) {
    // A mirror of Docker Hub that lacks an image answers for Docker Hub; a pull would go on to it.
    return refusal instanceof ImageUnavailableException missing
        && (missing.isTransient() || missing.image().registry().equals(RegistrySpec.DOCKER_HUB));
  }

  private static String what(ProviderException refusal) {
    if (refusal instanceof RegistryException registry) {
      String name = registry.image().registry();
      switch (registry.reason()) {
        case LOGIN_MISSING, NO_LOGIN -> {
          return "there is no login for registry " + name;
        }
        case LOGIN_REFUSED -> {
          return "the login for registry " + name + " is wrong";
        }
        default -> {
          // What the registry itself has said is the evidence.
        }
      }
    }
    return "a registry gives no images";
  }

  /** The names of registries that a host got nothing from, for the host to look them up. */
  static List<String> names(Collection<ProviderException> refusals) {
    return refusals.stream().flatMap(refusal -> name(refusal).stream()).distinct().toList();
  }

  private static Optional<String> name(ProviderException refusal) {
    Optional<ImageRef> image =
        refusal instanceof RegistryException registry
            ? Optional.of(registry.image())
            : refusal instanceof ImageUnavailableException missing
                ? Optional.of(missing.image())
                : Optional.empty();
    return image
        .map(ImageRef::registry)
        .map(registry -> registry.equals(RegistrySpec.DOCKER_HUB) ? HUB : registry)
        .map(registry -> registry.replaceFirst(":\\d+$", ""))
        .filter(registry -> registry.matches("(?=.*[A-Za-z])[A-Za-z0-9.-]+"));
  }

  /** The registry's name, if the host does not find it: then the registry was not even asked. */
  private static Optional<String> unknownName(Subject host, ProviderException refusal) {
    return name(refusal)
        .filter(name -> host.facts().named("resolves", name).filter("no"::equals).isPresent());
  }

  private static Symptom ofName(Subject host, String name, ProviderException refusal) {
    List<String> servers = host.facts().all("nameserver");
    return new Symptom(
        mayPass(refusal) ? Severity.WARNS : Severity.BLOCKS,
        "the host's DNS does not know " + name,
        List.of(
            "getent hosts " + name + " finds nothing",
            "/etc/resolv.conf: "
                + (servers.isEmpty()
                    ? "no nameserver"
                    : "nameserver " + String.join(", ", servers)),
            Connections.said(refusal)),
        "name a DNS server that knows it in /etc/resolv.conf, or its address in /etc/hosts; then"
            + " 'getent hosts "
            + name
            + "' shows it");
  }
}
