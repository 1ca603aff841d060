package io.rke4j.core;

import io.rke4j.core.cluster.Resolved;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Where a run builds: its workplace is opened once it is known where all nodes are. */
final class Site implements AutoCloseable {

  private final Function<Resolved, Workplace> opener;
  private volatile @Nullable Workplace place;

  Site(Function<Resolved, Workplace> opener) {
    this.opener = opener;
  }

  /** The workplace of this cluster, kept until the site is closed. */
  Workplace open(Resolved cluster) {
    Workplace opened = opener.apply(cluster);
    place = opened;
    return opened;
  }

  /** The cluster of the workplace that is open. */
  Resolved cluster() {
    Workplace open = place;
    if (open == null) {
      throw new IllegalStateException("nobody has begun to build here");
    }
    return open.cluster();
  }

  /** The administrator's side of TLS, once there are certificates. */
  Optional<SSLContext> tls() {
    Workplace open = place;
    return open == null ? Optional.empty() : open.tls();
  }

  @Override
  public void close() {
    Workplace open = place;
    if (open != null) {
      open.close();
    }
  }
}
