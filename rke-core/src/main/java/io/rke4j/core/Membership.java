package io.rke4j.core;

import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SpecProblem;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.core.state.ClusterRecord;
import io.rke4j.core.state.NodeRecord;
import io.rke4j.core.state.NodeRecord.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Refuses what cannot be done to a cluster that runs, rather than leave a host behind or an etcd
 * member out. New nodes that are not etcd members are welcome, and workers on machines that were
 * made for them may leave.
 */
final class Membership {

  private static final String NOT_YET = "not supported yet in a cluster that runs";

  private Membership() {}

  static void check(Resolved wanted, ClusterMemory memory) {
    Optional<ClusterRecord> record = memory.record().filter(ClusterRecord::established);
    if (record.isEmpty()) {
      return;
    }
    List<SpecProblem> problems = new ArrayList<>();
    for (NodeRecord known : record.get().nodes()) {
      if (known.standing() == Standing.AWAITED || known.standing() == Standing.COMING) {
        // Nothing is left of it, or nothing is finished, that could be at odds with what is wanted.
        continue;
      }
      wanted.nodes().stream()
          .filter(node -> node.name().equals(known.name()))
          .findFirst()
          .ifPresentOrElse(node -> compare(known, node, problems), () -> absent(known, problems));
    }
    List<NodeRecord> nodes = record.get().nodes();
    wanted.nodesWith(Role.ETCD).stream()
        .filter(node -> nodes.stream().noneMatch(known -> isMember(known, node)))
        .forEach(
            node ->
                problems.add(
                    new SpecProblem(
                        "node " + node.name(),
                        "is a new etcd member, which is " + NOT_YET,
                        "add it without the role etcd")));
    if (!problems.isEmpty()) {
      throw new InvalidSpecException("cluster '" + wanted.spec().name() + "'", problems);
    }
  }

  private static boolean isMember(NodeRecord known, ClusterNode node) {
    return known.standing() != Standing.COMING && known.name().equals(node.name());
  }

  /**
   * Nodes that were part of the cluster and that nobody will touch, since the specification has
   * them no longer: those of a removal, or of a run that did not come to its end.
   */
  static List<String> leftBehind(Resolved wanted, ClusterMemory memory) {
    return memory.leftBehind(wanted).stream()
        .map(
            known ->
                "node "
                    + known.name()
                    + " ("
                    + known.internalAddress()
                    + (known.standing() == Standing.COMING
                        ? ") was to become part of the cluster"
                        : ") is part of the cluster")
                    + ", but is not of the specification: what is on it stays,"
                    + " keys and data too; put it back to have it cleaned")
        .toList();
  }

  private static void absent(NodeRecord known, List<SpecProblem> problems) {
    if (!known.mayLeave()) {
      problems.add(
          new SpecProblem(
              "node " + known.name(),
              "is part of the cluster, but not of the specification; to take out a node that is"
                  + " more than a worker, or on a host that no driver has made, is "
                  + NOT_YET,
              "put it back, or remove the whole cluster"));
    }
  }

  private static void compare(NodeRecord known, ClusterNode node, List<SpecProblem> problems) {
    if (!known.roles().equals(node.spec().roles())) {
      problems.add(
          new SpecProblem(
              "node " + known.name(),
              "has the roles " + known.roles() + "; to change them is " + NOT_YET,
              "leave the roles as they are"));
    }
    if (!node.isLocated()) {
      problems.add(
          new SpecProblem(
              "node " + known.name(),
              "is part of the cluster, and its machine is gone",
              known.mayLeave()
                  ? "bring the machine back, let its pool replace it (replaceUnreachable), or take"
                      + " it out, apply, and put it back"
                  : "bring the machine back, or remove the whole cluster; to replace it is "
                      + NOT_YET));
    } else if (!known.internalAddress().equals(node.internalAddress())) {
      problems.add(
          new SpecProblem(
              "node " + known.name(),
              "has moved from "
                  + known.internalAddress()
                  + " to "
                  + node.internalAddress()
                  + ", which is "
                  + NOT_YET,
              "give it its old address"));
    }
  }
}
