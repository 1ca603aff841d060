package io.rke4j.core.engine;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.spi.OperationContext;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Steps that do what a test says. */
final class Scripted {

  private Scripted() {}

  static StepId id(String action) {
    return new StepId(Phase.ETCD, action, StepId.CLUSTER);
  }

  static Once step(String action, Consumer<OperationContext> work, String... after) {
    return new Once(id(action), ids(after), () -> Decision.create(action), work);
  }

  static OnHost step(NodeName node, String action, Consumer<OperationContext> work) {
    return new OnHost(
        new StepId(Phase.FILES, action, node.value()), node, h -> Decision.create(action), work);
  }

  private static Set<StepId> ids(String... actions) {
    return Set.of(actions).stream().map(Scripted::id).collect(Collectors.toUnmodifiableSet());
  }

  record Once(
      StepId id, Set<StepId> after, Supplier<Decision> decision, Consumer<OperationContext> work)
      implements Step.OnCluster {

    Once deciding(Supplier<Decision> other) {
      return new Once(id, after, other, work);
    }

    Once in(Phase phase) {
      return new Once(new StepId(phase, id.action(), id.target()), after, decision, work);
    }

    @Override
    public String title() {
      return id.action();
    }

    @Override
    public Decision inspect() {
      return decision.get();
    }

    @Override
    public void apply(OperationContext context) {
      work.accept(context);
    }
  }

  record OnHost(
      StepId id,
      NodeName node,
      Function<HostView, Decision> decision,
      Consumer<OperationContext> work)
      implements Step.OnNode {

    OnHost deciding(Function<HostView, Decision> other) {
      return new OnHost(id, node, other, work);
    }

    @Override
    public String title() {
      return id.action();
    }

    @Override
    public Set<StepId> after() {
      return Set.of();
    }

    @Override
    public Decision inspect(HostView host) {
      return decision.apply(host);
    }

    @Override
    public void apply(Host host, OperationContext context) {
      work.accept(context);
    }
  }
}
