package io.rke4j.core;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseRunner;
import io.rke4j.core.engine.Step;
import io.rke4j.core.management.ClusterAccount;
import io.rke4j.core.manifest.Manifests;
import io.rke4j.core.manifest.PlannedAddon;
import io.rke4j.core.phase.addons.AddonsPhase;
import io.rke4j.core.phase.addons.Furnished;
import io.rke4j.core.phase.cleanup.CleanupPhase;
import io.rke4j.core.phase.controlplane.ControlPlanePhase;
import io.rke4j.core.phase.controlplane.KubeAccess;
import io.rke4j.core.phase.etcd.EtcdPhase;
import io.rke4j.core.phase.etcd.EtcdRunning;
import io.rke4j.core.phase.files.Equipped;
import io.rke4j.core.phase.files.FilesPhase;
import io.rke4j.core.phase.finish.FinishPhase;
import io.rke4j.core.phase.finish.Finished;
import io.rke4j.core.phase.machine.MachinePhase;
import io.rke4j.core.phase.network.NetworkPhase;
import io.rke4j.core.phase.network.PodNetwork;
import io.rke4j.core.phase.node.Fleet;
import io.rke4j.core.phase.node.NodeConfigs;
import io.rke4j.core.phase.node.NodePhase;
import io.rke4j.core.phase.pki.PkiPhase;
import io.rke4j.core.phase.pki.Secured;
import io.rke4j.core.phase.portcheck.Checked;
import io.rke4j.core.phase.portcheck.PortCheckPhase;
import io.rke4j.core.phase.prepare.PreparePhase;
import io.rke4j.core.phase.workerplane.Leavers;
import io.rke4j.core.phase.workerplane.NodesJoined;
import io.rke4j.core.phase.workerplane.WorkerPlanePhase;
import io.rke4j.core.pki.CertificateIssuer;
import io.rke4j.core.state.ClusterMemory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a cluster comes to be: the one place that shows the order. */
final class ProvisionSequence {

  private ProvisionSequence() {}

  /** What there is to do in the management cluster, before anything is done to hosts. */
  static List<Step> preparation(
      Resolved cluster,
      Optional<ClusterAccount> account,
      CertificateIssuer issuer,
      ClusterMemory memory) {
    return account
        .map(kept -> new PreparePhase(cluster, kept, issuer, memory).steps())
        .orElse(List.of());
  }

  /** The names of all that is to be deployed. */
  static Set<String> addons(Resolved cluster) {
    return PlannedAddon.names(Manifests.of(cluster));
  }

  /** What there is to do before it is known where all nodes are. */
  static List<Step> machines(Resolved cluster, Machinery machines) {
    return new MachinePhase(
            cluster,
            machines.driver(),
            machines.shell(),
            Clock.systemUTC(),
            machines.replacements())
        .steps();
  }

  static List<Step> steps(Resolved cluster, Workplace at) {
    PhaseRunner runner = new PhaseRunner();
    at.recallCertificates();
    ClusterMemory memory = at.memory();
    boolean established = memory.isEstablished();
    Fleet fleet = runner.run(new NodePhase(cluster, memory.wasKnown()));
    runner.run(new NodeConfigs(fleet, at.account(), at.machines().driver()));
    Secured secured = runner.run(new PkiPhase(fleet, at.issuer(), memory, at.certificates()));
    Set<NodeName> unfinished = memory.unfinishedNodes(cluster);
    Checked checked = runner.run(new PortCheckPhase(secured, memory.newNodes(cluster), unfinished));
    Equipped equipped = runner.run(new FilesPhase(checked, established));
    EtcdRunning etcd = runner.run(new EtcdPhase(equipped, established));
    KubeAccess kube = runner.run(new ControlPlanePhase(etcd, at.kube(), established));
    Leavers leavers = new Leavers(memory.leaving(cluster), at.machines().driver(), at::nodeHasLeft);
    NodesJoined nodes =
        runner.run(new WorkerPlanePhase(kube, memory.marks(), established, unfinished, leavers));
    List<PlannedAddon> addons = Manifests.of(cluster);
    PodNetwork network = runner.run(new NetworkPhase(nodes, addons, at::warn));
    Furnished furnished = runner.run(new AddonsPhase(network, addons, memory.addons(), at::warn));
    Finished finished =
        runner.run(new FinishPhase(furnished, addons, memory, at::nodeReady, at::warn));
    runner.run(new CleanupPhase(finished, at.account(), at::kubeconfig));
    return runner.steps();
  }
}
