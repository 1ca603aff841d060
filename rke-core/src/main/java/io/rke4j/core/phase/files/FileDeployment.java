package io.rke4j.core.phase.files;

import io.rke4j.api.cluster.SystemImage;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.document.CloudFile;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.portcheck.Checked;
import io.rke4j.core.render.Deployers;
import io.rke4j.core.render.EtcdSnapshots;
import io.rke4j.core.render.SnapshotKeys;
import io.rke4j.spi.runtime.HostFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the file-deployer brings to hosts: all configuration that Kubernetes reads.
 *
 * @param checked the hosts
 * @param established whether the cluster has run before
 */
record FileDeployment(Checked checked, boolean established) {

  private static final String FOLDER = "/etc/kubernetes";

  /** The step that puts files below that folder, once they are known. */
  PlaceFiles place(
      StepId id, ClusterNode node, Set<StepId> after, Supplier<Optional<List<HostFile>>> wanted) {
    return new PlaceFiles(
        id,
        node.name(),
        Steps.all(
            after,
            checked.probed(),
            checked.secured().saved(),
            Set.of(checked.fleet().pulled(node, SystemImage.ALPINE))),
        engine -> FOLDER,
        engine -> Deployers.FILES.render(checked.cluster(), node, engine),
        engine -> wanted.get(),
        new Readers(
            FileDeployment::readers,
            Optional.of(RestartNote.in(FOLDER)),
            Readers.health(checked.cluster(), node, established)));
  }

  private static Set<String> readers(String path) {
    return switch (path) {
      case CloudFile.PATH -> Set.of("kube-apiserver", "kube-controller-manager", "kubelet");
      case SnapshotKeys.PATH -> Set.of(EtcdSnapshots.NAME);
      default -> Set.of("kube-apiserver");
    };
  }
}
