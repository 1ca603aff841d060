package io.rke4j.core.phase.node;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.host.Host;
import io.rke4j.core.host.HostView;
import io.rke4j.spi.OperationContext;
import java.util.Set;

/**
 * Brings an image to a host before it is needed.
 *
 * @param node the node
 * @param image the image
 * @param after what must be done before
 */
record PullImage(NodeName node, ImageRef image, Set<StepId> after) implements Step.OnNode {

  @Override
  public StepId id() {
    return Fleet.pull(node, image);
  }

  @Override
  public String title() {
    return "pull " + image + " on " + node;
  }

  @Override
  public Decision inspect(HostView host) {
    return host.containers().hasImage(image)
        ? Decision.upToDate()
        : Decision.create("pull " + image);
  }

  @Override
  public void apply(Host host, OperationContext context) {
    host.containers().ensureImage(image, context);
  }
}
