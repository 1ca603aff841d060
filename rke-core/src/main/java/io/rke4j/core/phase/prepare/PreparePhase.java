package io.rke4j.core.phase.prepare;

import io.rke4j.api.plan.Phase;
import io.rke4j.api.plan.StepId;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.engine.PhaseUnit;
import io.rke4j.core.engine.Step;
import io.rke4j.core.management.ClusterAccount;
import io.rke4j.core.phase.ManagementStep;
import io.rke4j.core.phase.Steps;
import io.rke4j.core.pki.CertificateIssuer;
import io.rke4j.core.state.ClusterMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The management cluster made ready, over before anything is done to a host or machine. Keys are
 * issued here already if all hosts are known; where machines are yet to be made, their certificates
 * need addresses, and are issued and saved before anything is put on them.
 *
 * @param cluster the cluster
 * @param account what is kept of it
 * @param issuer issues certificates
 * @param memory where they are kept
 */
public record PreparePhase(
    Resolved cluster, ClusterAccount account, CertificateIssuer issuer, ClusterMemory memory)
    implements PhaseUnit<Resolved> {

  private static final StepId DEFINITIONS = id("install-definitions");
  private static final StepId NAMESPACES = id("prepare-namespaces");
  private static final StepId ROLES = id("prepare-roles");
  private static final StepId RECORD = id("record-cluster");

  private static StepId id(String action) {
    return Steps.once(Phase.PREPARE, action);
  }

  @Override
  public Phase phase() {
    return Phase.PREPARE;
  }

  @Override
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    steps.add(new InstallDefinitions(DEFINITIONS, account));
    steps.add(
        new ManagementStep(
            NAMESPACES,
            Set.of(),
            "prepare the namespaces of the cluster and its projects",
            account::namespaces));
    steps.add(
        new ManagementStep(
            ROLES,
            Set.of(NAMESPACES),
            "prepare roles and bindings of the owner and the provisioning identity",
            account::roles));
    steps.add(
        new ManagementStep(
            RECORD,
            Set.of(DEFINITIONS, NAMESPACES),
            "record the cluster and its nodes",
            () -> account.records(cluster)));
    if (cluster.isLocated()) {
      steps.add(new SaveKeys(id("save-keys"), Set.of(NAMESPACES, ROLES), cluster, issuer, memory));
    }
    return steps;
  }

  @Override
  public Resolved result() {
    return cluster;
  }
}
