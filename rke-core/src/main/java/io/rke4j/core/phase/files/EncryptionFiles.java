package io.rke4j.core.phase.files;

import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.document.EncryptionFile;
import io.rke4j.core.engine.Step;
import io.rke4j.core.phase.Redecided;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.phase.pki.Encryption;
import io.rke4j.core.phase.portcheck.Checked;
import io.rke4j.core.render.ConfigFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lets all API servers read with a new key before one of them writes with it; else those that do
 * not know it yet could not read what it wrote.
 *
 * @param checked the hosts
 * @param established whether the cluster has run before
 */
public record EncryptionFiles(Checked checked, boolean established) {

  /** The steps by which API servers learn of a key, one after the other. */
  List<Step> introductions() {
    if (!comeLater() && (!areIntroduced() || encryption().isNew())) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    Set<StepId> turn = Set.of();
    for (ClusterNode node : servers()) {
      StepId id = Steps.on(Phase.FILES, "introduce-encryption-key", node.name());
      steps.add(unlessThere(id, node, turn));
      turn = Set.of(id);
    }
    return steps;
  }

  private boolean areIntroduced() {
    return servers().size() > 1 && encryption().introduction().isPresent();
  }

  /** A host that has the final file has learned of its keys. */
  private Step unlessThere(StepId id, ClusterNode node, Set<StepId> turn) {
    PlaceFiles before = place(id, node, turn, encryption()::introduction, established);
    PlaceFiles later = place(id, node, turn, encryption()::file, established);
    return new Redecided(
        before, host -> later.isPlaced(host) ? Decision.upToDate() : before.inspect(host));
  }

  /**
   * Whether the files with which API servers write come when all of them run and read with the key:
   * those that read no file yet learn to do so when they are replaced.
   */
  boolean comeLater() {
    return areIntroduced() && encryption().isNew();
  }

  /**
   * The steps by which API servers that have all learned of a key begin to write with it, one after
   * the other; none where there is nothing to begin, or nobody to wait for.
   *
   * @param after what must be done before
   */
  public List<Step> begin(Set<StepId> after) {
    if (!comeLater()) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    Set<StepId> turn = after;
    for (ClusterNode node : servers()) {
      Set<StepId> free = Steps.all(turn, new Equipped(checked).loggedIn(node.name()));
      // Earlier steps of the same run have brought others, so no plan can know what it will find.
      steps.add(Redecided.completing(place(id(node), node, free, encryption()::file, true)));
      turn = Set.of(id(node));
    }
    return steps;
  }

  /** The ends of these steps. */
  public Set<StepId> begun() {
    return comeLater() ? Steps.onEach(servers(), EncryptionFiles::id) : Set.of();
  }

  private static StepId id(ClusterNode node) {
    return Steps.on(Phase.CONTROL_PLANE, "begin-encryption", node.name());
  }

  private PlaceFiles place(
      StepId id,
      ClusterNode node,
      Set<StepId> turn,
      Supplier<Optional<Secret>> content,
      boolean healthy) {
    return new FileDeployment(checked, healthy)
        .place(
            id,
            node,
            turn,
            () -> content.get().map(text -> List.of(ConfigFiles.file(EncryptionFile.PATH, text))));
  }

  private List<ClusterNode> servers() {
    return checked.cluster().nodesWith(Role.CONTROL_PLANE);
  }

  private Encryption encryption() {
    return checked.secured().encryption();
  }
}
