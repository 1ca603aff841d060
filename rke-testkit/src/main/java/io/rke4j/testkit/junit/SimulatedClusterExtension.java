package io.rke4j.testkit.junit;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.HostKeyPolicy;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.testkit.TestKeys;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What {@link SimulatedCluster} does, as a field with {@code @RegisterExtension}, which can say
 * more. In a static field it lives as long as the tests of the class together, in another one as
 * long as each of them.
 */
public final class SimulatedClusterExtension extends ClusterExtension {

  private final @Nullable Wanted wanted;

  /** For {@link SimulatedCluster}. */
  SimulatedClusterExtension() {
    this.wanted = null;
  }

  private SimulatedClusterExtension(Builder builder) {
    this.wanted = builder.wanted();
  }

  /** Starts to say what is wanted. */
  public static Builder builder() {
    return new Builder();
  }

  /** The hosts of the test that runs. */
  public SimulatedFleet fleet() {
    return (SimulatedFleet) current().hosts();
  }

  @Override
  Optional<Wanted> annotated(AnnotatedElement element) {
    return AnnotationSupport.findAnnotation(element, SimulatedCluster.class)
        .map(
            it ->
                builder()
                    .nodes(it.nodes())
                    .controlPlanes(it.controlPlanes())
                    .kubernetes(it.kubernetes())
                    .wanted());
  }

  @Override
  Optional<Wanted> registered() {
    return Optional.ofNullable(wanted);
  }

  @Override
  Class<?> hosts() {
    return SimulatedFleet.class;
  }

  /** Says what a test needs. For one thread. */
  public static final class Builder extends ClusterBuilder<Builder> {

    private Consumer<SimulatedFleet.Builder> fleet = it -> {};

    private Builder() {}

    /** What else the hosts are like, for example what their containers do. */
    public Builder fleet(Consumer<SimulatedFleet.Builder> more) {
      fleet = fleet.andThen(more);
      return this;
    }

    /**
     * The extension.
     *
     * @throws IllegalArgumentException if there are more control planes than nodes, or none
     */
    public SimulatedClusterExtension build() {
      return new SimulatedClusterExtension(this);
    }

    @Override
    Ground.Maker ground(Layout layout, Consumer<ClusterSpec.Builder> spec) {
      return folder -> new Simulated(layout, fleet, spec);
    }

    @Override
    Builder self() {
      return this;
    }
  }

  /** Hosts in memory. */
  private static final class Simulated implements Ground {

    private final SimulatedFleet fleet;
    private final ClusterSpec spec;

    Simulated(
        Layout layout, Consumer<SimulatedFleet.Builder> hosts, Consumer<ClusterSpec.Builder> more) {
      SimulatedFleet.Builder wanted = SimulatedFleet.builder();
      hosts.accept(wanted);
      // Last: there is one for each node, whatever was said of them.
      fleet = wanted.hosts(layout.nodes()).start();
      try {
        spec = spec(layout, more);
      } catch (RuntimeException e) {
        fleet.close();
        throw e;
      }
    }

    private ClusterSpec spec(Layout layout, Consumer<ClusterSpec.Builder> more) {
      ClusterSpec.Builder cluster = layout.spec();
      List<SimulatedHost> hosts = fleet.hosts();
      for (int index = 0; index < hosts.size(); index++) {
        SimulatedHost host = hosts.get(index);
        cluster.node(host.name(), host.withRoles(layout.roles(index)));
      }
      more.accept(cluster);
      return cluster.build();
    }

    @Override
    public Object hosts() {
      return fleet;
    }

    @Override
    public ClusterSpec spec() {
      return spec;
    }

    @Override
    public void introduceTo(ClusterProvisioner.Builder provisioner) {
      provisioner
          .hostKeys(new HostKeyPolicy.Pinned(fleet.fingerprints()))
          .keys(TestKeys.shared())
          .pace(fleet.pace());
    }

    @Override
    public void close() {
      fleet.close();
    }
  }
}
