package io.rke4j.core.phase.addons;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.manifest.Manifests;
import io.rke4j.core.manifest.PlannedAddon;
import io.rke4j.core.phase.DeployAddon;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.network.PodNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * DNS, metrics and ingress side by side, since none needs another; then the user's own manifests,
 * which may need them all; and away with what is no longer wanted. The network plugin goes first
 * and alone: a kubelet reports its node ready only every ten seconds, and whatever delays the
 * plugin past such a moment costs ten more.
 *
 * @param network the cluster with its pod network
 * @param addons all addons that the cluster is to have, in the order of deployment
 * @param recorded the addons that earlier runs have deployed
 * @param warnings hears of an addon that failed and is not critical
 */
public record AddonsPhase(
    PodNetwork network, List<PlannedAddon> addons, Set<String> recorded, Consumer<String> warnings)
    implements PhaseUnit<Furnished> {

  /** Copies the collections. */
  public AddonsPhase {
    addons = List.copyOf(addons);
    recorded = Set.copyOf(recorded);
  }

  @Override
  public Phase phase() {
    return Phase.ADDONS;
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (String gone : surplus()) {
      steps.add(removal(gone));
    }
    Set<StepId> networked = Steps.all(network.ready(), network.deployed());
    Set<StepId> before = new HashSet<>(networked);
    // What goes may have been deployed under another name, and is to come again.
    surplus().forEach(gone -> before.add(removal(gone).id()));
    for (PlannedAddon addon : ofKind(PlannedAddon.Kind.ADDON)) {
      steps.add(deploy(addon, after(addon, networked)));
      before.add(id(addon));
    }
    ingressPods().ifPresent(steps::add);
    for (PlannedAddon addon : ofKind(PlannedAddon.Kind.USER)) {
      steps.add(deploy(addon, before));
      before.add(id(addon));
    }
    return steps;
  }

  private Step removal(String gone) {
    return new RemoveAddon(gone, network.ready(), timeout(), network.connection());
  }

  /** DNS servers share a Service, which the one that goes takes along. */
  private Set<StepId> after(PlannedAddon addon, Set<StepId> networked) {
    Set<StepId> after = new HashSet<>(networked);
    if (Manifests.dnsServers().contains(addon.manifest().name())) {
      surplus().stream()
          .filter(Manifests.dnsServers()::contains)
          .map(gone -> removal(gone).id())
          .forEach(after::add);
    }
    return after;
  }

  private Step deploy(PlannedAddon addon, Set<StepId> after) {
    return new DeployAddon(id(addon), after, addon, timeout(), network.connection(), warnings);
  }

  /**
   * Where pods need a policy, the ingress controller's get one, too, once their namespace is there.
   */
  private Optional<Step> ingressPods() {
    ClusterSpec spec = network.cluster().spec();
    return spec.services().kubeApi().admission().podSecurityPolicy()
            && spec.addons().ingress().enabled()
        ? Optional.of(
            new AllowPods(
                "ingress-nginx",
                Set.of(Steps.once(Phase.ADDONS, "deploy-rke-ingress-controller")),
                network.connection()))
        : Optional.empty();
  }

  private static StepId id(PlannedAddon addon) {
    return Steps.once(Phase.ADDONS, "deploy-" + addon.manifest().name());
  }

  private List<PlannedAddon> ofKind(PlannedAddon.Kind kind) {
    return addons.stream().filter(addon -> addon.kind() == kind).toList();
  }

  private List<String> surplus() {
    Set<String> wanted = wanted();
    return recorded.stream().filter(name -> !wanted.contains(name)).sorted().toList();
  }

  private Set<String> wanted() {
    return PlannedAddon.names(addons);
  }

  private Duration timeout() {
    return network.cluster().spec().addons().jobTimeout();
  }

  @Override
  public Furnished result() {
    return new Furnished(network, Steps.ids(steps()), wanted());
  }
}
