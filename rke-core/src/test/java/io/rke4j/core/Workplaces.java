package io.rke4j.core;

import io.rke4j.core.builtin.ExistingMachines;
import io.rke4j.core.builtin.job.JobAddonDeployerProvider;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.phase.machine.Replacements;
import io.rke4j.core.pki.CertificateIssuer;
import io.rke4j.core.state.ClusterMemory;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** What sequences are made with, where no host is reached. */
final class Workplaces {

  private Workplaces() {}

  /** With nothing remembered and nothing to be kept. */
  static Workplace of(Resolved cluster) {
    return of(cluster, new ClusterMemory(new NoState(), cluster.spec().name(), Clock.systemUTC()));
  }

  /** Machines that nobody makes, reaches or replaces. */
  static Machinery machines(ClusterMemory memory) {
    KubeConnection none =
        new KubeConnection(
            Optional::empty,
            Optional.empty(),
            Map.of(),
            kubeconfig -> {
              throw new IllegalStateException("nobody deploys anything");
            });
    Replacements replacements = new Replacements(memory, Map.of(), none, node -> {});
    return Machinery.offline(new ExistingMachines(), replacements);
  }

  static Workplace of(Resolved cluster, ClusterMemory memory) {
    return new Workplace(
        cluster,
        machines(memory),
        memory,
        new CertificateIssuer(Clock.systemUTC(), Runnable::run),
        new Workplace.Api(new JobAddonDeployerProvider(), Optional.empty()),
        Workplace.Notices.NONE);
  }
}
