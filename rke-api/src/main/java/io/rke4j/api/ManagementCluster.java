package io.rke4j.api;

import io.rke4j.api.cluster.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Kubernetes cluster in which others are kept account of. For each cluster that is built it gets
 * namespaces, roles for the owner and for whoever provisions, records that {@code kubectl get
 * rkeclusters,rkenodes} shows with their conditions, and, unless a state store is named, the
 * cluster's state and keys as Secrets: a run that was killed goes on from there, on whatever
 * machine it is begun again. Kubernetes 1.16 or newer.
 *
 * @param kubeconfig how it is reached, with the rights of an administrator; certificates must be
 *     embedded, as {@code kubectl config view --raw --flatten} writes them
 * @param owner the user of the management cluster who is to own what is built; empty for none
 */
public record ManagementCluster(Secret kubeconfig, String owner) {

  /** Checks the owner's name. */
  public ManagementCluster {
    if (!owner.equals(owner.strip()) || owner.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("'" + owner + "' is not the name of a user");
    }
  }

  /** The cluster of a kubeconfig's current context; nobody owns what is built. */
  public static ManagementCluster of(Secret kubeconfig) {
    return new ManagementCluster(kubeconfig, "");
  }

  /**
   * The same from a file, read now.
   *
   * @throws UncheckedIOException if the file cannot be read
   */
  public static ManagementCluster file(Path kubeconfig) {
    try {
      return of(Secret.of(Files.readString(kubeconfig)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the kubeconfig " + kubeconfig, e);
    }
  }

  /** The same with an owner: a user as Kubernetes names it, for example {@code alice}. */
  public ManagementCluster ownedBy(String user) {
    return new ManagementCluster(kubeconfig, user);
  }
}
