package io.rke4j.core.engine;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.spi.OperationContext;
import java.util.Optional;
import java.util.Set;

/**
 * One idempotent unit of work. Deciding and acting are two methods, and what deciding is handed
 * cannot change anything. A step is decided when the plan is made, and again just before it acts.
 */
public sealed interface Step {

  /** Names the step. */
  StepId id();

  /** Says it in words. */
  String title();

  /** The steps that must have ended well before this one starts. */
  Set<StepId> after();

  /** The node that it keeps busy; of these only so many are worked on at a time. */
  Optional<NodeName> worksOn();

  /**
   * What would run or be written, as JSON with secrets redacted; empty if the title says it all.
   */
  default String definition() {
    return "";
  }

  /** Work on one host. */
  non-sealed interface OnNode extends Step {

    /** The node whose host it is. */
    NodeName node();

    @Override
    default Optional<NodeName> worksOn() {
      return Optional.of(node());
    }

    /** What there is to do. */
    Decision inspect(HostView host);

    /** Does it. */
    void apply(Host host, OperationContext context);

    /** What would run or be written on this host, as JSON with secrets redacted. */
    default String definition(HostView host) {
      return definition();
    }
  }

  /** Work that is not bound to one host. */
  non-sealed interface OnCluster extends Step {

    @Override
    default Optional<NodeName> worksOn() {
      return Optional.empty();
    }

    /** What there is to do. */
    Decision inspect();

    /** Does it. */
    void apply(OperationContext context);
  }
}
