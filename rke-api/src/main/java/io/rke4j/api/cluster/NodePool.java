package io.rke4j.api.cluster;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Nodes that are all alike, on machines that a driver makes. They are named {@code pool-1}, {@code
 * pool-2} and so on; a smaller pool loses those with the highest numbers. In a cluster that runs,
 * only pools of workers can change their size downwards.
 *
 * @param name what the names of its nodes begin with
 * @param size how many nodes
 * @param template what each of them is
 */
public record NodePool(String name, int size, Consumer<NodeBuilder> template) {

  /** More would hardly be meant. */
  private static final int LARGEST = 5000;

  /** Checks the size. */
  public NodePool {
    if (size < 0 || size > LARGEST) {
      throw new IllegalArgumentException(
          "a pool has from 0 to " + LARGEST + " nodes, and not " + size);
    }
  }

  /** A pool of nodes of these roles, on machines of this size. */
  public static NodePool of(
      String name, int size, int cpus, String memory, String disk, Role... roles) {
    return new NodePool(name, size, node -> node.machine(cpus, memory, disk).roles(roles));
  }

  /** The same pool with more to say of each node. */
  public NodePool and(Consumer<NodeBuilder> more) {
    return new NodePool(name, size, template.andThen(more));
  }

  /**
   * The same pool, of which a run replaces nodes that nobody reaches any more.
   *
   * @param after how long Kubernetes must have heard nothing of a node; a minute at least
   * @param atMost how many are replaced at the same time
   */
  public NodePool replaceUnreachable(Duration after, int atMost) {
    return and(node -> node.replaceUnreachable(after, atMost));
  }

  /** The same pool with another number of nodes. */
  public NodePool withSize(int number) {
    return new NodePool(name, number, template);
  }

  /** The names of its nodes. */
  public List<String> nodeNames() {
    return IntStream.rangeClosed(1, size).mapToObj(number -> name + "-" + number).toList();
  }
}
