package io.rke4j.api.cluster;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Which certificates get new keys although they are good. Authorities stay, and so does the key of
 * service account tokens, as with RKE's {@code rke cert rotate}.
 *
 * <p>It says what is too old rather than what to do, so a second run renews nothing.
 *
 * @param issuedBefore certificates that were issued before this moment are renewed; cut to whole
 *     seconds, as certificates know no others
 * @param owners whose certificates; those of all, the administrator's included, if it is empty
 */
public record CertificateRenewal(Instant issuedBefore, Set<Owner> owners) {

  /** Nothing is renewed before it has to be. */
  public static final CertificateRenewal NONE = new CertificateRenewal(Instant.EPOCH, Set.of());

  /** Who shows a certificate. */
  public enum Owner {
    /** All members of etcd. */
    ETCD("etcd"),
    /** The API servers. */
    KUBE_APISERVER("kube-apiserver"),
    /** The controller managers. */
    KUBE_CONTROLLER_MANAGER("kube-controller-manager"),
    /** The schedulers. */
    KUBE_SCHEDULER("kube-scheduler"),
    /** The kubelets, also as servers, and whoever calls etcd. */
    KUBELET("kubelet"),
    /** The service proxies. */
    KUBE_PROXY("kube-proxy");

    private final String key;

    Owner(String key) {
      this.key = key;
    }

    /** What RKE calls it, for example {@code kube-apiserver}. */
    public String key() {
      return key;
    }
  }

  /** Copies the owners. */
  public CertificateRenewal {
    issuedBefore = issuedBefore.truncatedTo(ChronoUnit.SECONDS);
    owners = Set.copyOf(owners);
  }

  /** Whether anything may be renewed. */
  public boolean isWanted() {
    return issuedBefore.isAfter(Instant.EPOCH);
  }

  /** Whether certificates of this owner are renewed if they are old enough. */
  public boolean concerns(Owner owner) {
    return owners.isEmpty() || owners.contains(owner);
  }
}
