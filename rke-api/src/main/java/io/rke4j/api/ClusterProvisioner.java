package io.rke4j.api;

import io.rke4j.api.check.CheckReport;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.VersionMetadata;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionListener;
import io.rke4j.api.plan.Plan;
import io.rke4j.spi.addon.AddonDeployerProvider;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.spi.runtime.ContainerRuntimeProvider;
import io.rke4j.spi.state.StateStore;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Turns a {@link ClusterSpec} into a running cluster, and takes it away again. Thread-safe; two
 * runs for the same cluster exclude each other.
 */
public interface ClusterProvisioner extends AutoCloseable {

  /**
   * Starts to configure a provisioner.
   *
   * @throws ProviderNotFoundException if rke-core is not there
   */
  static Builder builder() {
    return ServiceLoader.load(ProvisionerProvider.class)
        .findFirst()
        .orElseThrow(() -> new ProviderNotFoundException("provisioner", "rke-core"))
        .newBuilder();
  }

  /**
   * Looks at state, hosts and cluster, and says what {@link #apply} would do. Changes nothing. The
   * keys of a new cluster are begun meanwhile, in memory.
   *
   * @throws io.rke4j.api.cluster.InvalidSpecException naming every problem, before a host is
   *     touched
   * @throws StepFailedException if hosts cannot be looked at, naming each of them
   */
  Plan plan(ClusterSpec spec);

  /**
   * Says what would be done to hosts that have nothing, without contacting any.
   *
   * @throws io.rke4j.api.cluster.InvalidSpecException naming every problem
   */
  Plan planOffline(ClusterSpec spec);

  /**
   * Looks at every host, and says what about them is in the way of the cluster, why, and what mends
   * it. Changes nothing, runs nothing but a script that reads, and takes a few seconds: fifty hosts
   * are looked at side by side, or as many as {@link Builder#maxParallelNodes} says. A host that
   * cannot be reached or used is a finding, too.
   *
   * @throws io.rke4j.api.cluster.InvalidSpecException naming every problem, before a host is
   *     touched
   */
  CheckReport check(ClusterSpec spec);

  /**
   * Writes for an external authority what it has to sign: for every certificate that it would have
   * to provide ({@link io.rke4j.api.cluster.CertificateSpec.Provided}) a private key ({@code
   * NAME-key.pem}, which only its owner can read) and a signing request ({@code NAME-csr.pem}).
   * Keys that are there are kept, and requests that still fit. Put each signed certificate beside
   * them as {@code NAME.pem}, and the authority's own as {@code kube-ca.pem}. Reaches no host.
   *
   * @param folder where they are written; made if it is not there
   * @return one for each certificate
   * @throws io.rke4j.api.cluster.InvalidSpecException naming every problem
   */
  List<SigningRequest> requestCertificates(ClusterSpec spec, Path folder);

  /**
   * Takes over a cluster that RKE built: what RKE's state file ({@code cluster.rkestate}, beside
   * its {@code cluster.yml}) says of it, its keys above all, is in the state store from now on.
   * Reaches no host, and does nothing if it was done before. Then {@link #plan} says what on the
   * hosts is not as it would be built. Do not let RKE change the cluster afterwards.
   *
   * @param spec the cluster, as {@link ClusterFile} reads it from RKE's {@code cluster.yml}
   * @param rkeState RKE's state file
   * @throws io.rke4j.spi.state.StateStoreException if the file cannot be read or is of a cluster
   *     with another name, or if another cluster is kept under that name
   * @throws io.rke4j.spi.state.LeaseHeldException if a run is changing this cluster
   */
  void takeOver(ClusterSpec spec, Path rkeState);

  /** Looks at the hosts and says what a removal would take from them. Changes nothing. */
  Plan planRemoval(ClusterSpec spec);

  /**
   * Does what the plan says, deciding every step again just before it runs. Asks the node driver
   * for its machines, takes the right to change the cluster, and returns without waiting for the
   * run. Another run's end is waited for up to three seconds; with a management cluster, up to
   * fifteen if that run was killed.
   *
   * @throws io.rke4j.spi.state.LeaseHeldException if another run is changing this cluster
   */
  Provisioning apply(Plan plan);

  /** A cluster whose keys are in the state store, whether or not its last run came to an end. */
  Optional<Cluster> find(ClusterSpec spec);

  /** Ends what this provisioner opened itself; what was handed in stays the caller's. */
  @Override
  void close();

  /** Configures a {@link ClusterProvisioner}. For one thread. */
  interface Builder {

    /** Where machines come from; hosts that are already there if not called. */
    Builder nodeDriver(NodeDriver driver);

    /** What runs containers; Docker Engine over SSH if not called. */
    Builder runtime(ContainerRuntimeProvider runtime);

    /** What puts addons into the cluster; deploy Jobs as RKE uses them if not called. */
    Builder addonDeployer(AddonDeployerProvider deployer);

    /**
     * Where state and keys are kept. Required: this, {@link #stateDirectory}, or {@link
     * #management}.
     */
    Builder stateStore(StateStore store);

    /** Keeps state and keys as files that only the owner can read. */
    Builder stateDirectory(Path directory);

    /**
     * Keeps account of what is built in a Kubernetes cluster: namespaces, roles, records with their
     * conditions, and the state and keys if no state store is named. What cannot be recorded while
     * a run goes on is logged and ends nothing. Nothing of this happens if not called.
     *
     * @throws io.rke4j.spi.ProviderException if its kubeconfig cannot be used
     */
    Builder management(ManagementCluster cluster);

    /** Whose word is taken for a host's key; the user's known_hosts file if not called. */
    Builder hostKeys(HostKeyPolicy policy);

    /**
     * Knows the Kubernetes versions of RKE's metadata, beside those that the library brings along.
     * They are read when the provisioner is built.
     */
    Builder versions(VersionMetadata metadata);

    /** Watches every run. */
    Builder listener(ProvisionListener listener);

    /** Watches events of one kind. */
    <E extends ProvisionEvent> Builder on(Class<E> kind, Consumer<? super E> action);

    /** Threads to work on; the provisioner's own if not called. Never shut down by the library. */
    Builder executor(ExecutorService executor);

    /**
     * How many nodes are worked on at the same time; if not called 10, and 50 for {@link
     * ClusterProvisioner#check}, which only asks them what they are.
     */
    Builder maxParallelNodes(int nodes);

    /**
     * Gives the RSA keys of new certificates, one at each call; every key is generated if not
     * called. For tests that build clusters by the hundred, since generating keys is what takes
     * most time on hosts that are simulated. Not for clusters that matter: their keys are only
     * theirs if nobody else has them.
     */
    Builder keys(Supplier<KeyPair> keys);

    /** How long it waits, and how often it looks; {@link Pace#USUAL} if not called. For tests. */
    Builder pace(Pace pace);

    /** Runs one step after the other in reading order: for debugging and tests. */
    Builder serial();

    /**
     * The provisioner; close it when done.
     *
     * @throws io.rke4j.api.cluster.InvalidSpecException if metadata are named and cannot be had, or
     *     naming everything that is wrong with them, with its JSON path
     */
    ClusterProvisioner build();
  }
}
