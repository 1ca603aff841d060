package io.rke4j.core;

import io.rke4j.core.pki.CertificateBundle.Entry;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.state.ClusterRecord;
import io.rke4j.core.state.ClusterRecordCodec;
import io.rke4j.core.state.RkeStateFile;
import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.StateStore;
import io.rke4j.spi.state.StateStoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes what RKE remembers of a cluster into a state store.
 *
 * @param store where it is remembered from now on
 * @param patience how long another run of the cluster is waited for
 */
record TakeOver(StateStore store, Duration patience) {

  void run(String cluster, Path file) {
    ClusterRecord found = RkeStateFile.read(file);
    if (!found.cluster().equals(cluster)) {
      throw refused(
          "RKE's state file "
              + file
              + " is of cluster '"
              + found.cluster()
              + "', not of '"
              + cluster
              + "'",
          "Name the cluster as RKE did, or give the file that is beside its own cluster.yml");
    }
    // Nothing is asked of it while it is held, which the compiler would take for a mistake.
    Lease lease = store.acquire(cluster, patience);
    try (lease) {
      Optional<ClusterRecord> known = store.load(cluster).map(ClusterRecordCodec::read);
      if (known.isEmpty()) {
        store.save(cluster, ClusterRecordCodec.write(found));
      } else if (!authority(known.get()).equals(authority(found))) {
        throw refused(
            "another cluster '"
                + cluster
                + "' with other keys is in the state store, so that of"
                + " RKE's state file "
                + file
                + " is not taken over",
            "Use another state store, or remove that cluster first");
      }
    }
  }

  private static Optional<String> authority(ClusterRecord cluster) {
    return cluster.certificates().find(Certificates.CA).map(Entry::certificatePem);
  }

  private static StateStoreException refused(String why, String hint) {
    return new StateStoreException(why, hint, null);
  }
}
