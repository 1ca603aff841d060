package io.rke4j.core.phase.etcd;

import io.rke4j.spi.ProviderException;
import java.util.List;

/** A member of etcd has its data in another folder than it is to have. */
final class EtcdDataElsewhereException extends ProviderException {

  private static final long serialVersionUID = 1L;

  EtcdDataElsewhereException(String host, String there, String wanted) {
    super(
        "etcd-data-elsewhere",
        host + " has the data of etcd in " + there + ", and they are to be in " + wanted,
        "Give prefix_path its old value: elsewhere etcd would begin anew, without the cluster",
        List.of(),
        false,
        null);
  }
}
