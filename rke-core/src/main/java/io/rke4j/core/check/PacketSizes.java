package io.rke4j.core.check;

import static io.rke4j.core.check.HostCheck.Symptom.warns;

import io.rke4j.core.check.HostCheck.Symptom;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether hosts pass on packets of the same size, and those of pods. */
final class PacketSizes {

  private PacketSizes() {}

  /** One finding for each host at most: what is too small for pods is mended with that. */
  static Map<Subject, Symptom> wrong(List<Subject> hosts) {
    Map<Subject, Long> sizes = new LinkedHashMap<>();
    hosts.forEach(host -> size(host).ifPresent(size -> sizes.put(host, size)));
    Map<Subject, Symptom> found = new LinkedHashMap<>();
    sizes.forEach(
        (host, size) ->
            tooSmall(host, size, sizes.values())
                .or(() -> unlike(host, size, sizes))
                .ifPresent(symptom -> found.put(host, symptom)));
    return found;
  }

  private static Optional<Long> size(Subject host) {
    return host.facts().mainInterface().flatMap(Facts.Interface::mtu);
  }

  private static Optional<Symptom> tooSmall(Subject host, long size, Collection<Long> all) {
    long smallest = Collections.min(all);
    return PodPackets.of(host.cluster())
        .filter(pods -> pods.between() > size)
        .map(
            pods ->
                warns(
                    "its MTU is "
                        + size
                        + ", packets of pods have "
                        + pods.size()
                        + " bytes and "
                        + pods.overhead()
                        + " around them",
                    evidence(host),
                    "set network.mtu to "
                        + (smallest - pods.overhead())
                        + ", or give the host an MTU of "
                        + pods.between()));
  }

  private static Optional<Symptom> unlike(Subject host, long size, Map<Subject, Long> sizes) {
    return sizes.entrySet().stream()
        .findFirst()
        .filter(first -> first.getValue() != size)
        .map(
            first ->
                warns(
                    "its MTU is "
                        + size
                        + ", that of "
                        + first.getKey().name()
                        + " "
                        + first.getValue(),
                    evidence(host),
                    "give all hosts the same MTU"));
  }

  private static String evidence(Subject host) {
    return host.facts().mainInterface().map(Facts.Interface::line).orElse("");
  }
}
