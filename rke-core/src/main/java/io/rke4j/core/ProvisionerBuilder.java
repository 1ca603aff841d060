package io.rke4j.core;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.ManagementCluster;
import io.rke4j.api.Pace;
import io.rke4j.api.cluster.VersionMetadata;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionListener;
import io.rke4j.core.builtin.ExistingMachines;
import io.rke4j.core.builtin.MixedMachines;
import io.rke4j.core.builtin.docker.DockerRuntimeProvider;
import io.rke4j.core.builtin.job.JobAddonDeployerProvider;
import io.rke4j.core.builtin.state.DirectoryStateStore;
import io.rke4j.core.builtin.state.KubernetesStateStore;
import io.rke4j.core.catalogue.VersionCatalogue;
import io.rke4j.core.management.Management;
import io.rke4j.core.pki.KeyReserve;
import io.rke4j.core.pki.KeySource;
import io.rke4j.core.pki.SuppliedKeys;
import io.rke4j.spi.addon.AddonDeployerProvider;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.spi.runtime.ContainerRuntimeProvider;
import io.rke4j.spi.state.StateStore;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what a provisioner is made of. */
final class ProvisionerBuilder implements ClusterProvisioner.Builder {

  private final List<ProvisionListener> listeners = new ArrayList<>();
  private NodeDriver driver = new ExistingMachines();
  private AddonDeployerProvider deployers = new JobAddonDeployerProvider();
  private HostKeyPolicy hostKeys = HostKeyPolicy.userKnownHosts();
  private KeySource keys = new KeyReserve();
  private Pace pace = Pace.USUAL;
  private OptionalInt maxParallelNodes = OptionalInt.empty();
  private boolean serial;
  private @Nullable ContainerRuntimeProvider runtimes;
  private @Nullable VersionMetadata metadata;
  private @Nullable StateStore store;
  private @Nullable Management management;
  private @Nullable ExecutorService executor;

  @Override
  public ClusterProvisioner.Builder nodeDriver(NodeDriver chosen) {
    this.driver = new MixedMachines(chosen);
    return this;
  }

  @Override
  public ClusterProvisioner.Builder runtime(ContainerRuntimeProvider chosen) {
    this.runtimes = chosen;
    return this;
  }

  @Override
  public ClusterProvisioner.Builder addonDeployer(AddonDeployerProvider chosen) {
    this.deployers = chosen;
    return this;
  }

  @Override
  public ClusterProvisioner.Builder stateStore(StateStore chosen) {
    this.store = chosen;
    return this;
  }

  @Override
  public ClusterProvisioner.Builder stateDirectory(Path directory) {
    this.store = DirectoryStateStore.at(directory);
    return this;
  }

  @Override
  public ClusterProvisioner.Builder management(ManagementCluster cluster) {
    this.management = Management.open(cluster);
    return this;
  }

  @Override
  public ClusterProvisioner.Builder hostKeys(HostKeyPolicy policy) {
    this.hostKeys = policy;
    return this;
  }

  @Override
  public ClusterProvisioner.Builder versions(VersionMetadata source) {
    this.metadata = source;
    return this;
  }

  @Override
  public ClusterProvisioner.Builder listener(ProvisionListener listener) {
    listeners.add(listener);
    return this;
  }

  @Override
  public <E extends ProvisionEvent> ClusterProvisioner.Builder on(
      Class<E> kind, Consumer<? super E> action) {
    return listener(
        event -> {
          if (kind.isInstance(event)) {
            action.accept(kind.cast(event));
          }
        });
  }

  @Override
  public ClusterProvisioner.Builder executor(ExecutorService chosen) {
    this.executor = chosen;
    return this;
  }

  @Override
  public ClusterProvisioner.Builder maxParallelNodes(int nodes) {
    if (nodes < 1) {
      throw new IllegalArgumentException(
          "at least one node must be worked on at a time, not " + nodes);
    }
    this.maxParallelNodes = OptionalInt.of(nodes);
    return this;
  }

  @Override
  public ClusterProvisioner.Builder serial() {
    this.serial = true;
    return this;
  }

  @Override
  public ClusterProvisioner.Builder keys(Supplier<KeyPair> chosen) {
    this.keys = new SuppliedKeys(chosen);
    return this;
  }

  @Override
  public ClusterProvisioner.Builder pace(Pace chosen) {
    this.pace = chosen;
    return this;
  }

  @Override
  public ClusterProvisioner build() {
    StateStore chosen = chosenStore();
    VersionMetadata named = metadata;
    VersionCatalogue versions =
        named == null ? VersionCatalogue.builtIn() : VersionCatalogue.with(named);
    return new DefaultClusterProvisioner(
        new Settings(
            new Settings.Plugins(
                driver,
                Optional.ofNullable(runtimes).orElseGet(() -> new DockerRuntimeProvider(pace)),
                deployers,
                new Settings.Kept(chosen, Optional.ofNullable(management)),
                versions,
                new Settings.Internals(keys, pace)),
            hostKeys,
            listeners,
            Optional.ofNullable(executor),
            maxParallelNodes,
            serial));
  }

  private StateStore chosenStore() {
    StateStore named = store;
    Management cluster = management;
    if (named != null) {
      return named;
    }
    if (cluster == null) {
      throw new IllegalStateException(
          "nowhere to keep state and keys: call stateDirectory(path), stateStore(store) or"
              + " management(cluster)");
    }
    return KubernetesStateStore.in(cluster.client());
  }
}
