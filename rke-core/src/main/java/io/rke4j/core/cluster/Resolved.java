package io.rke4j.core.cluster;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SystemImage;
import java.util.List;

/**
 * A specification with everything filled in.
 *
 * @param spec the cluster as the user wants it
 * @param release what belongs to its Kubernetes version
 * @param nodes its nodes and where they are, in the user's order
 */
public record Resolved(ClusterSpec spec, Release release, List<ClusterNode> nodes) {

  /** Copies the nodes. */
  public Resolved {
    nodes = List.copyOf(nodes);
  }

  /** The nodes of one plane, in the user's order. */
  public List<ClusterNode> nodesWith(Role role) {
    return nodes.stream().filter(node -> node.has(role)).toList();
  }

  /** The same with only those nodes whose machines are there. */
  public Resolved located() {
    return new Resolved(spec, release, nodes.stream().filter(ClusterNode::isLocated).toList());
  }

  /** Whether all machines are there, and their addresses so known. */
  public boolean isLocated() {
    return nodes.stream().allMatch(ClusterNode::isLocated);
  }

  /** The image of one part. */
  public ImageRef image(SystemImage part) {
    return release.image(part);
  }
}
