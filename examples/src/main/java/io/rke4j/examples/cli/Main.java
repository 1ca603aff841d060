package io.rke4j.examples.cli;

import io.rke4j.api.Cluster;
import io.rke4j.api.ClusterFile;
import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.ManagementCluster;
import io.rke4j.api.Provisioning;
import io.rke4j.api.SigningRequest;
import io.rke4j.api.check.CheckReport;
import io.rke4j.api.cluster.CertificateSpec;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.error.RkeException;
import io.rke4j.api.plan.Plan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Plans, builds and removes the cluster that a cluster.yml describes. */
public final class Main {

  private static final Duration LONGEST_RUN = Duration.ofHours(2);

  private final Arguments arguments;
  private final PrintStream out;

  private Main(Arguments arguments, PrintStream out) {
    this.arguments = arguments;
    this.out = out;
  }

  /** Exit codes: 0 done, 1 failed, 2 wrong usage or a wrong file. */
  public static void main(String[] words) {
    Optional<Arguments> arguments = Arguments.parse(List.of(words));
    if (arguments.isEmpty()) {
      System.err.print(Arguments.USAGE);
      System.exit(2);
    }
    System.exit(new Main(arguments.get(), System.out).run());
  }

  private int run() {
    try {
      try (ProgressDisplay progress = ProgressDisplay.to(out);
          ClusterProvisioner rke = provisioner(progress)) {
        ClusterSpec spec = spec();
        return switch (arguments.command()) {
          case CHECK -> check(rke, spec);
          case PLAN -> plan(rke, spec);
          case UP -> up(rke, spec, progress);
          case REMOVE -> remove(rke, spec, progress);
          case CSR -> requestCertificates(rke, spec);
          case TAKE_OVER -> takeOver(rke, spec);
        };
      }
    } catch (RkeException e) {
      System.err.println(e.code() + ": " + e.getMessage());
      return e.code().equals("invalid-spec") ? 2 : 1;
    } catch (IOException | TimeoutException e) {
      System.err.println(e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private ClusterSpec spec() {
    ClusterSpec spec = ClusterFile.read(arguments.clusterFile());
    Path certificates = arguments.folders().certificates();
    return certificates == null || arguments.command() == Arguments.Command.CSR
        ? spec
        : spec.withCertificates(CertificateSpec.from(certificates));
  }

  private ClusterProvisioner provisioner(ProgressDisplay progress) {
    ClusterProvisioner.Builder builder =
        ClusterProvisioner.builder().hostKeys(hostKeys()).listener(progress);
    Path management = arguments.folders().management();
    return management == null
        ? builder.stateDirectory(arguments.folders().state()).build()
        : builder.management(ManagementCluster.file(management)).build();
  }

  /** Keys that were accepted once for this cluster stay accepted. */
  private HostKeyPolicy hostKeys() {
    Path accepted = arguments.folders().state().resolve("known_hosts");
    if (arguments.acceptNewHostKeys()) {
      return new HostKeyPolicy.TrustOnFirstUse(accepted);
    }
    return Files.exists(accepted)
        ? new HostKeyPolicy.KnownHosts(accepted)
        : HostKeyPolicy.userKnownHosts();
  }

  private int check(ClusterProvisioner rke, ClusterSpec spec) {
    CheckReport report = rke.check(spec);
    out.print(report.render());
    return report.blocks() ? 1 : 0;
  }

  private int requestCertificates(ClusterProvisioner rke, ClusterSpec spec) {
    Path folder = Objects.requireNonNull(arguments.folders().certificates());
    for (SigningRequest request : rke.requestCertificates(spec, folder)) {
      out.println(request.request() + (request.keyIsNew() ? "" : " (for the key that is there)"));
    }
    out.println("have them signed, put NAME.pem and kube-ca.pem beside them, then:");
    out.println("  up " + arguments.clusterFile() + " --cert-dir " + folder);
    return 0;
  }

  private int takeOver(ClusterProvisioner rke, ClusterSpec spec) {
    Path file = arguments.rkeState();
    rke.takeOver(spec, file);
    out.println("taken over from " + file + "; what would be changed:");
    out.println("  plan " + arguments.clusterFile());
    return 0;
  }

  private int plan(ClusterProvisioner rke, ClusterSpec spec) {
    Plan plan = arguments.offline() ? rke.planOffline(spec) : rke.plan(spec);
    out.print(arguments.json() ? plan.toJson() : plan.render());
    return 0;
  }

  private int up(ClusterProvisioner rke, ClusterSpec spec, ProgressDisplay progress)
      throws IOException, InterruptedException, TimeoutException {
    Plan plan = rke.plan(spec);
    plan.warnings().forEach(warning -> out.println("! " + warning));
    if (plan.isEmpty()) {
      out.println("cluster '" + spec.name() + "' is up to date");
      return writeKubeconfig(rke.find(spec));
    }
    try {
      await(rke.apply(plan));
    } finally {
      // The keys are saved before anything else happens, so there is a kubeconfig even if a later
      // step failed, and it is what one needs to look into the failure.
      writeKubeconfig(rke.find(spec));
    }
    progress.printSummary();
    return 0;
  }

  private int remove(ClusterProvisioner rke, ClusterSpec spec, ProgressDisplay progress)
      throws IOException, InterruptedException, TimeoutException {
    Plan plan = rke.planRemoval(spec);
    if (plan.isEmpty()) {
      out.println("nothing of cluster '" + spec.name() + "' is left on its hosts");
    } else {
      await(rke.apply(plan));
      progress.printSummary();
    }
    Files.deleteIfExists(KubeconfigFile.beside(arguments.clusterFile()));
    return 0;
  }

  private void await(Provisioning run) throws InterruptedException, TimeoutException {
    Thread stop = new Thread(run::cancel, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      run.await(LONGEST_RUN);
    } finally {
      forget(stop);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is being stopped, and the hook is what stops the run.
      return;
    }
  }

  private int writeKubeconfig(Optional<Cluster> cluster) throws IOException {
    if (cluster.isPresent()) {
      Path file = KubeconfigFile.beside(arguments.clusterFile());
      KubeconfigFile.write(file, cluster.get().kubeconfig());
      out.println("kubeconfig: " + file);
    }
    return 0;
  }
}
