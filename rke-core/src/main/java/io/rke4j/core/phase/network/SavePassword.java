package io.rke4j.core.phase.network;

import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.engine.Step;
import io.rke4j.core.kube.KubeConnection;
import io.rke4j.core.kube.NetworkPassword;
import io.rke4j.core.kube.NetworkPassword.Kept;
import io.rke4j.core.manifest.NetworkPlugins;
import io.rke4j.spi.OperationContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the network plugin's password in the cluster, where its pods find it.
 *
 * @param id names the step
 * @param after what must be done before
 * @param password the password; empty if there is to be none
 * @param connection the cluster's API
 */
record SavePassword(StepId id, Set<StepId> after, Secret password, KubeConnection connection)
    implements Step.OnCluster {

  private static final String NAME = NetworkPlugins.PASSWORD_SECRET;

  private boolean isWanted() {
    return !password.reveal().isEmpty();
  }

  @Override
  public String title() {
    return (isWanted() ? "save the password of the network" : "forget any password of the network");
  }

  @Override
  public Decision inspect() {
    Decision.Change create = Decision.create("save the password as Secret kube-system/" + NAME);
    return connection.decide(
        kube -> decision(kube.api().networkPassword(NAME).read(), create),
        isWanted() ? create : Decision.followUp("see that there is no password"));
  }

  private Decision decision(Optional<Kept> there, Decision.Change create) {
    if (!isWanted()) {
      return there.isEmpty()
          ? Decision.upToDate()
          : Decision.remove("delete Secret kube-system/" + NAME);
    }
    if (there.isEmpty()) {
      return create;
    }
    if (!there.get().password().equals(password)) {
      return Decision.replace(List.of("replace the password, and the network's pods one by one"));
    }
    return there.get().isInUse()
        ? Decision.upToDate()
        : Decision.replace(
            List.of("replace the network's pods one by one, which have another password"));
  }

  @Override
  public void apply(OperationContext context) {
    NetworkPassword kept = connection.api().networkPassword(NAME);
    if (isWanted()) {
      kept.save(password, "weave-net");
    } else {
      kept.delete();
    }
  }
}
