package io.rke4j.testkit.junit;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.testkit.RecordingListener;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What the extensions for simulated and for real hosts have in common: when what lives. */
abstract sealed class ClusterExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver
    permits SimulatedClusterExtension, DockerClusterExtension {

  private static final Set<Class<?>> COMMON =
      Set.of(ClusterSpec.class, ClusterProvisioner.class, RecordingListener.class);
  private static final String CLUSTER = "cluster";
  private static final String HEARD_BEFORE = "heard before";
  private static final String REPORT = "rke4j events";

  private final Namespace namespace = Namespace.create(getClass(), new Object());
  private volatile @Nullable TestCluster latest;

  /** What is to be made where this stands; empty if nothing of ours stands there. */
  abstract Optional<Wanted> annotated(AnnotatedElement element);

  /** What is to be made for an extension that is a field; empty if it was named by annotation. */
  abstract Optional<Wanted> registered();

  /** The type of the hosts. */
  abstract Class<?> hosts();

  /** A cluster of all hosts; those of containers are made when it is built. */
  public ClusterSpec spec() {
    return current().spec();
  }

  /** A provisioner for that cluster; needs rke-core. */
  public ClusterProvisioner provisioner() {
    return current().provisioner();
  }

  /** What that provisioner has told. */
  public RecordingListener events() {
    return current().events();
  }

  /**
   * What is to be made.
   *
   * @param ground makes the hosts
   * @param settings what else the provisioner is told
   */
  record Wanted(Ground.Maker ground, Consumer<ClusterProvisioner.Builder> settings) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    openWhereItStands(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    openWhereItStands(context);
    find(context).ifPresent(it -> store(context).put(HEARD_BEFORE, it.events().events().size()));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Integer before = store(context).get(HEARD_BEFORE, Integer.class);
    end(context, before == null ? 0 : before);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    end(context, 0);
  }

  private void openWhereItStands(ExtensionContext context) {
    Optional<TestCluster> there = find(context);
    Optional<Wanted> wanted =
        registered().isPresent()
            ? registered().filter(it -> there.isEmpty())
            : context.getElement().flatMap(this::annotated);
    if (there.filter(it -> it.isOwnedBy(context.getUniqueId())).isEmpty()) {
      wanted.ifPresent(it -> open(context, it));
    }
  }

  private void open(ExtensionContext context, Wanted wanted) {
    TestCluster made = new TestCluster(context.getUniqueId(), wanted.ground(), wanted.settings());
    store(context).put(CLUSTER, made);
    latest = made;
  }

  private void end(ExtensionContext context, int heardBefore) {
    Optional<TestCluster> there = find(context);
    if (there.isEmpty()) {
      return;
    }
    List<ProvisionEvent> events = there.get().events().events();
    if (context.getExecutionException().isPresent() && events.size() > heardBefore) {
      String told = RecordingListener.of(events.subList(heardBefore, events.size())).summary();
      context.publishReportEntry(REPORT, "\n" + told);
    }
    if (there.get().isOwnedBy(context.getUniqueId())) {
      store(context).remove(CLUSTER);
      there.get().close();
    }
  }

  private Store store(ExtensionContext context) {
    return context.getStore(namespace);
  }

  /** Also what stands around: a class is found from its methods. */
  private Optional<TestCluster> find(ExtensionContext context) {
    return Optional.ofNullable(store(context).get(CLUSTER, TestCluster.class));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == hosts() || COMMON.contains(type);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // Where one instance serves all tests of a class, it is made before anything else is called.
    openWhereItStands(context);
    return find(context)
        .flatMap(it -> it.part(parameter.getParameter().getType()))
        .orElseThrow(
            () ->
                new ParameterResolutionException(
                    "there is no cluster yet for "
                        + parameter.getDeclaringExecutable()
                        + ": to use one outside of a single method, put the annotation on the"
                        + " class or the extension into a static field"));
  }

  /** The cluster of the test that runs. */
  final TestCluster current() {
    TestCluster made = latest;
    if (made == null) {
      throw new IllegalStateException(
          "no test runs; the field of this extension needs @RegisterExtension");
    }
    return made;
  }
}
