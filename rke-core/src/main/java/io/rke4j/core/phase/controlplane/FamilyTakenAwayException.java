package io.rke4j.core.phase.controlplane;

import io.rke4j.spi.ProviderException;
import java.util.List;

/** Pods of a cluster that runs are to lose their addresses of one family. */
final class FamilyTakenAwayException extends ProviderException {

  private static final long serialVersionUID = 1L;

  FamilyTakenAwayException(String host, String there, String wanted) {
    super(
        "ip-family-taken-away",
        "pods on "
            + host
            + " have addresses of "
            + there
            + ", and those of IPv6 are to go ("
            + wanted
            + "); nodes keep theirs, and kube-controller-manager would not start",
        "Give cluster_cidr its old value, or remove the cluster and build it anew",
        List.of(),
        false,
        null);
  }
}
