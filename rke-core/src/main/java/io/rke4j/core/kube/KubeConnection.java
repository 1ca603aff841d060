package io.rke4j.core.kube;

import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Decision;
import io.rke4j.spi.addon.AddonDeployer;
import io.rke4j.spi.addon.KubeApiException;
import io.rke4j.spi.node.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's API, opened when it is first needed. A plan is also made while there is no API yet,
 * or while it does not answer; then it says what it expects. Thread-safe.
 */
public final class KubeConnection implements AutoCloseable {

  /**
   * The first look opens the connection while those to all hosts are opened, too. On a machine that
   * is busy with the keys of a hundred hosts, the time for TLS may run out for no fault of the
   * server's.
   */
  private static final int FIRST_TRIES = 3;

  /** Longer than any answer of a server that is well. */
  private static final Duration LONG = Duration.ofSeconds(3);

  private static final String AN_ANSWER = "once the API server answers";
  private static final int UNAUTHORIZED = 401;

  private final AtomicInteger triesLeft = new AtomicInteger(FIRST_TRIES);
  private final Supplier<Optional<Secret>> kubeconfig;
  private final Optional<Route> route;
  private final Map<NodeName, String> addresses;
  private final Function<Secret, AddonDeployer> deployers;
  private volatile boolean hasAnswered;
  private @Nullable Duration patience;
  private volatile @Nullable KubeApiException silence;
  private @Nullable KubeApi api;
  private @Nullable AddonDeployer deployer;

  /**
   * A connection that is not open yet.
   *
   * @param kubeconfig how the API is reached as administrator, once that is known
   * @param route the way to the API, if it is not the direct one
   * @param addresses internal addresses of the nodes, if a cloud gives them names of its own
   * @param deployers opens the addon deployer of a cluster
   */
  public KubeConnection(
      Supplier<Optional<Secret>> kubeconfig,
      Optional<Route> route,
      Map<NodeName, String> addresses,
      Function<Secret, AddonDeployer> deployers) {
    this.kubeconfig = kubeconfig;
    this.route = route;
    this.addresses = Map.copyOf(addresses);
    this.deployers = deployers;
  }

  /**
   * Decides by looking at the API; where there is none yet, the decision is what is expected.
   *
   * @param look decides by looking
   * @param expected what the step does in a cluster that is new
   */
  public Decision decide(Function<KubeConnection, Decision> look, Decision.Change expected) {
    if (!isKnown()) {
      return expected;
    }
    KubeApiException known = silence;
    if (known != null) {
      return deferred(AN_ANSWER, known, expected);
    }
    long start = System.nanoTime();
    try {
      return looked(look);
    } catch (KubeApiException e) {
      if (hasEndedCertificate(e)) {
        return deferred("once its certificates are renewed", e, expected);
      }
      if (!e.isTransient()) {
        throw e;
      }
      remember(e, Duration.ofNanos(System.nanoTime() - start));
      return deferred(AN_ANSWER, e, expected);
    }
  }

  private static Decision deferred(String until, KubeApiException why, Decision.Change expected) {
    return new Decision.Deferred(until + "; " + why.getMessage(), expected.changes());
  }

  /** Whether the API may be understood later, when it answers or its certificates are renewed. */
  public boolean isOnlyForNow(KubeApiException failure) {
    return failure.isTransient() || hasEndedCertificate(failure);
  }

  /**
   * Whether the server's certificate has ended, or the administrator's. A run renews both before
   * anything else needs the API.
   */
  private boolean hasEndedCertificate(KubeApiException failure) {
    Optional<KubeAccess> access = kubeconfig.get().map(KubeAccess::of);
    return failure.status() == UNAUTHORIZED
        ? access.filter(one -> one.hasEnded(Instant.now())).isPresent()
        // Time is looked at first: a stranger may have an authority of the same name.
        : ConnectionFailure.ended(failure)
            .filter(server -> access.filter(one -> one.hasSigned(server)).isPresent())
            .isPresent();
  }

  /**
   * Makes all looks be of one moment, as those of a plan are. Nodes are asked for once, and a
   * server that kept the first look waiting in vain would keep each of the others as long, so they
   * are spared it.
   */
  public void seeOnce() {
    seeOnce(LONG);
  }

  synchronized void seeOnce(Duration longerThan) {
    patience = longerThan;
  }

  private synchronized void remember(KubeApiException failure, Duration waited) {
    if (!hasAnswered && patience != null && waited.compareTo(patience) > 0) {
      silence = failure;
    }
  }

  /** Looks again only while no look has ever come to its end, and only where no answer came. */
  private Decision looked(Function<KubeConnection, Decision> look) {
    while (true) {
      try {
        Decision decision = look.apply(this);
        hasAnswered = true;
        return decision;
      } catch (KubeApiException e) {
        boolean isSilent = e.isTransient() && e.status() == 0;
        if (hasAnswered || !isSilent || triesLeft.decrementAndGet() <= 0) {
          throw e;
        }
      }
    }
  }

  /** Whether it is known how the API is reached; what is open says so at once. */
  private synchronized boolean isKnown() {
    return api != null || deployer != null || kubeconfig.get().isPresent();
  }

  /** The API. */
  public synchronized KubeApi api() {
    KubeApi open = api;
    if (open == null) {
      open = KubeApi.open(kubeconfig.get().orElseThrow(), route, addresses);
      open = patience == null ? open : open.seeingNodesOnce();
      api = open;
    }
    return open;
  }

  /** What puts addons into the cluster. */
  public synchronized AddonDeployer deployer() {
    AddonDeployer open = deployer;
    if (open == null) {
      open = deployers.apply(kubeconfig.get().orElseThrow());
      deployer = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (deployer != null) {
      deployer.close();
    }
    if (api != null) {
      api.close();
    }
  }
}
