package io.rke4j.core.catalogue;

import io.rke4j.api.cluster.IngressPorts.Mode;
import io.rke4j.core.cluster.Traits;
import io.rke4j.core.cluster.Traits.CriDockerdUse;
import io.rke4j.core.cluster.Traits.CriDockerdUse.When;
import java.util.Locale;

/** Makes traits of what all entries together say. */
final class TraitsReader {

  private TraitsReader() {}

  static Traits read(Section section) {
    Traits traits =
        new Traits(
            section.list("etcd-client-ports", Integer.class),
            new Traits.ApiServer(
                section.flag("audit-log"),
                section.flag("audit-policy-checksum"),
                section.flag("admission-file"),
                section.text("pod-security")),
            new Traits.Mounts(
                section.flag("relabel"),
                section.text("selinux-type"),
                section.text("kernel-modules")),
            new Traits.Health(
                section.text("controller-manager-health"), section.text("scheduler-health")),
            criDockerd(section),
            new Traits.Addons(
                section.text("os-label"),
                section.flag("pod-security-policies"),
                section.text("custom-resources"),
                new Traits.Ingress(
                    Mode.valueOf(constant(section.text("ingress-network"))),
                    section.flag("ingress-backend"))));
    section.nothingElse();
    return traits;
  }

  private static CriDockerdUse criDockerd(Section section) {
    return new CriDockerdUse(
        When.valueOf(constant(section.text("cri-dockerd"))),
        section.section("cri-dockerd-flags").texts(),
        section.list("cri-dockerd-mounts", String.class));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
