package io.rke4j.core.phase.workerplane;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerView;
import io.rke4j.spi.runtime.HostFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Links the logs of a host's containers where log collectors for RKE clusters look for them: {@code
 * /var/lib/rancher/rke/log/<container>_<id>.log}.
 *
 * @param node where
 * @param after what must be done before
 * @param image any image; its container never runs
 */
record LinkLogs(NodeName node, Set<StepId> after, ImageRef image) implements Step.OnNode {

  private static final String FOLDER = "/var/lib/rancher/rke/log";
  private static final List<String> LOGGED =
      List.of(
          "etcd",
          "kube-apiserver",
          "kube-controller-manager",
          "kube-scheduler",
          "nginx-proxy",
          "kubelet",
          "kube-proxy");

  @Override
  public StepId id() {
    return Steps.on(Phase.WORKER_PLANE, "link-logs", node);
  }

  @Override
  public String title() {
    return "link the logs of " + node;
  }

  @Override
  public Decision inspect(HostView host) {
    List<HostFile> missing = missing(host.containers());
    // Which links are missing depends on containers that earlier steps may replace.
    return missing.isEmpty() && host.containers().state("kubelet").isPresent()
        ? Decision.upToDate()
        : Decision.followUp("link the containers' logs in " + FOLDER);
  }

  private static List<HostFile> missing(ContainerView containers) {
    Set<String> there = containers.names();
    Set<String> present = new HashSet<>();
    containers.files("kubelet", FOLDER).forEach(file -> present.add(file.path()));
    List<HostFile> links = new ArrayList<>();
    for (String name : LOGGED.stream().filter(there::contains).toList()) {
      containers
          .state(name)
          .filter(state -> !state.logPath().isEmpty())
          .map(
              state ->
                  HostFile.link(FOLDER + "/" + name + "_" + state.id() + ".log", state.logPath()))
          .filter(link -> !present.contains(link.path()))
          .ifPresent(links::add);
    }
    return links;
  }

  @Override
  public void apply(Host host, OperationContext context) {
    ContainerSpec carrier =
        ContainerSpec.named("rke-log-linker", image)
            .command(List.of("true"))
            .binds(List.of("/var/lib:/var/lib"))
            .build();
    List<HostFile> links = new ArrayList<>();
    links.add(HostFile.folder(FOLDER, 0755));
    links.addAll(missing(host.containers()));
    host.containers().writeFiles(carrier, links, context);
  }
}
