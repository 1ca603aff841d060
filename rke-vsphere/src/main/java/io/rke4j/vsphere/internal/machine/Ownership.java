package io.rke4j.vsphere.internal.machine;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.vsphere.internal.vim.MachineChange;
import io.rke4j.vsphere.internal.vim.MachineMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose a machine is. The mark is in its configuration parameters, from the very call that makes
 * it, and a guest does not see it. Whatever is cloned from a marked machine has the mark, too; that
 * is why the machine's own UUID is part of it. What has another UUID in its mark is somebody's
 * copy, and is never touched.
 *
 * <p>A machine from a content library can only be marked once it is there. Until then its name says
 * whose it is: {@code rke4j.<cluster>.<node>}.
 *
 * @param cluster the cluster that the driver works for
 */
record Ownership(String cluster) {

  private static final String PREFIX = "rke4j.";
  private static final String CLUSTER = "rke4j.cluster";
  private static final String NODE = "rke4j.node";
  private static final String UUID = "rke4j.uuid";
  private static final String STAGE = "rke4j.stage";
  private static final String ADDRESS = "rke4j.address";
  private static final String HOST_KEY = "rke4j.hostkey";

  /** What a machine has from its first moment. An empty UUID: that of its source is not its own. */
  List<MachineChange> birthmark(NodeName node) {
    return List.of(
        note(node),
        new MachineChange.Parameter(CLUSTER, cluster),
        new MachineChange.Parameter(NODE, node.value()),
        new MachineChange.Parameter(UUID, ""),
        stage(Stage.MADE),
        new MachineChange.Parameter(ADDRESS, ""),
        new MachineChange.Parameter(HOST_KEY, ""));
  }

  private MachineChange note(NodeName node) {
    return new MachineChange.Note(
        "Node " + node + " of the Kubernetes cluster " + cluster + ", made by rke4j");
  }

  /** The rest of the mark, once the machine is there. Some servers take no notes with a clone. */
  List<MachineChange> record(MachineMark machine) {
    NodeName node = NodeName.of(node(machine));
    List<MachineChange> changes = new ArrayList<>();
    changes.add(note(node));
    changes.add(new MachineChange.Parameter(UUID, machine.uuid()));
    if (isUnmarked(machine)) {
      changes.add(new MachineChange.Parameter(CLUSTER, cluster));
      changes.add(new MachineChange.Parameter(NODE, node.value()));
      changes.add(new MachineChange.Rename(node.value()));
    }
    return changes;
  }

  /** What a machine is called until it carries the mark. */
  String nameBeforeMark(NodeName node) {
    return PREFIX + cluster + "." + node;
  }

  private boolean isUnmarked(MachineMark machine) {
    return machine.marks().isEmpty() && !nodeOfName(machine).isEmpty();
  }

  private String nodeOfName(MachineMark machine) {
    String begin = PREFIX + cluster + ".";
    return machine.name().startsWith(begin) ? machine.name().substring(begin.length()) : "";
  }

  /** How far a machine is. */
  MachineChange stage(Stage reached) {
    return new MachineChange.Parameter(STAGE, reached.slug());
  }

  /** What a machine is marked with when all is done. */
  List<MachineChange> ready(String address) {
    return List.of(stage(Stage.READY), new MachineChange.Parameter(ADDRESS, address));
  }

  /** The public key by which the machine is known, which its seed brings it. */
  MachineChange hostKey(String publicKey) {
    return new MachineChange.Parameter(HOST_KEY, publicKey);
  }

  /** The keys by which an own machine is known; none if it was made before there were any. */
  List<String> hostKeys(MachineMark machine) {
    String key = mark(machine, HOST_KEY);
    return key.isEmpty() ? List.of() : List.of(key);
  }

  /** Whether the machine is one of this cluster, and no copy of one. */
  boolean owns(MachineMark machine) {
    if (isUnmarked(machine)) {
      return true;
    }
    String uuid = mark(machine, UUID);
    return mark(machine, CLUSTER).equals(cluster)
        && !mark(machine, NODE).isEmpty()
        && (uuid.isEmpty() || uuid.equals(machine.uuid()));
  }

  boolean isOf(MachineMark machine, NodeName node) {
    return owns(machine) && node(machine).equals(node.value());
  }

  /** The node that an own machine was made for. */
  String node(MachineMark machine) {
    return isUnmarked(machine) ? nodeOfName(machine) : mark(machine, NODE);
  }

  /** The last stage that an own machine has behind it. */
  Stage stage(MachineMark machine) {
    return Stage.of(mark(machine, STAGE));
  }

  boolean isReady(MachineMark machine) {
    return stage(machine) == Stage.READY;
  }

  /** The address that a machine had when it was ready. */
  Optional<String> address(MachineMark machine) {
    return Optional.of(mark(machine, ADDRESS)).filter(address -> !address.isEmpty());
  }

  private static String mark(MachineMark machine, String key) {
    return machine.marks().getOrDefault(key, "");
  }
}
