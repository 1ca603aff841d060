package io.rke4j.core.phase.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.ImageRef;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.plan.Decision;
import io.rke4j.api.plan.Phase;
import io.rke4j.core.fake.FakeHosts;
import io.rke4j.core.host.Probe;
import io.rke4j.core.phase.Steps;
import io.rke4j.spi.CancellationToken;
import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.HostFile;
import io.rke4j.testkit.PatientContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlaceFilesTest {

  private static final NodeName NODE = NodeName.of("n1");
  private static final String PATH = "/etc/kubernetes/limits.yaml";
  private static final String NOTE = "/etc/kubernetes/.restarts";
  private static final ImageRef IMAGE = new ImageRef("rancher/any:v1");
  private static final Observation DOWN = Observation.notYet("connection refused");

  private final FakeHosts hosts = new FakeHosts();

  @BeforeEach
  void anApiServerRuns() {
    run("kube-apiserver");
    place("old").apply(hosts.open(NODE), new PatientContext());
    hosts.answer(NODE, Observation.done());
  }

  private void run(String name) {
    hosts
        .engine(NODE)
        .ensureRunning(ContainerSpec.named(name, IMAGE).build(), new PatientContext());
  }

  private static PlaceFiles place(String text) {
    return new PlaceFiles(
        Steps.on(Phase.FILES, "place-configuration", NODE),
        NODE,
        Set.of(),
        engine -> "/etc/kubernetes",
        engine -> ContainerSpec.named("file-deployer", IMAGE).build(),
        engine -> Optional.of(List.of(HostFile.file(PATH, 0600, Secret.of(text)))),
        new Readers(
            path -> Set.of("kube-apiserver", "kube-controller-manager"),
            Optional.of(NOTE),
            Map.of(
                "kube-apiserver",
                new Probe("https", "127.0.0.1", 6443, "/healthz", Probe.Trust.CLUSTER))));
  }

  private List<String> since(int before) {
    List<String> done = hosts.engine(NODE).mutations();
    return done.subList(before, done.size());
  }

  private String note() {
    return Objects.requireNonNull(hosts.engine(NODE).files().get(NOTE)).content().reveal();
  }

  @Test
  void aRestartThatWasNotReachedIsDoneByTheNextRun() {
    int before = hosts.engine(NODE).mutations().size();
    OperationContext context = new PatientContext();
    hosts.engine(NODE).failOnRestart(new IllegalStateException("connection lost"));
    assertThatThrownBy(() -> place("new").apply(hosts.open(NODE), context))
        .hasMessage("connection lost");
    assertThat(since(before)).doesNotContain("restart kube-apiserver");
    assertThat(note().lines()).containsExactly("await kube-apiserver", "kube-apiserver");

    assertThat(place("new").inspect(hosts.open(NODE)))
        .isEqualTo(
            Decision.followUp("restart kube-apiserver", "wait until kube-apiserver is healthy"));
    place("new").apply(hosts.open(NODE), context);

    assertThat(since(before)).contains("restart kube-apiserver");
    assertThat(note()).isEmpty();
    assertThat(place("new").inspect(hosts.open(NODE)).isUpToDate()).isTrue();
  }

  @Test
  void whatBreaksOneHostIsNotCarriedToTheNext() {
    assertThatThrownBy(() -> place("new").apply(hosts.open(NODE), new Failing()))
        .hasMessageContaining("did not become healthy");
    assertThat(note()).isEqualTo("await kube-apiserver");
    int before = hosts.engine(NODE).mutations().size();

    assertThat(place("new").inspect(hosts.open(NODE)))
        .isEqualTo(Decision.followUp("wait until kube-apiserver is healthy"));
    assertThatThrownBy(() -> place("new").apply(hosts.open(NODE), new Failing()))
        .hasMessageContaining("did not become healthy");
    assertThat(since(before)).doesNotContain("restart kube-apiserver");

    hosts.answer(NODE, Observation.done());
    place("new").apply(hosts.open(NODE), new PatientContext());
    assertThat(note()).isEmpty();
    assertThat(place("new").inspect(hosts.open(NODE)).isUpToDate()).isTrue();
  }

  @Test
  void whatWasNotWellBeforeIsNotWaitedFor() {
    hosts.answer(NODE, DOWN);

    place("new").apply(hosts.open(NODE), new Failing());

    assertThat(note()).isEmpty();
    assertThat(hosts.engine(NODE).mutations()).contains("restart kube-apiserver");
  }

  @Test
  void whereNoContainerShowsWhatIsThereAllThatRunsIsRestartedAndAnOldNoteIsNoLongerTrue() {
    OperationContext context = new PatientContext();
    hosts.engine(NODE).failOnRestart(new IllegalStateException("connection lost"));
    assertThatThrownBy(() -> place("new").apply(hosts.open(NODE), context))
        .hasMessage("connection lost");
    hosts.engine(NODE).remove("kube-apiserver", context);
    run("kube-controller-manager");
    int before = hosts.engine(NODE).mutations().size();

    assertThat(place("new").inspect(hosts.open(NODE)))
        .isEqualTo(Decision.create("write " + PATH, "restart kube-controller-manager"));
    place("new").apply(hosts.open(NODE), context);

    assertThat(since(before)).contains("restart kube-controller-manager");
    run("kube-apiserver");
    assertThat(place("new").inspect(hosts.open(NODE)).isUpToDate()).isTrue();
  }

  /** Whatever is waited for does not come. */
  private final class Failing implements OperationContext {

    private final PatientContext other = new PatientContext();

    @Override
    public CancellationToken cancellation() {
      return other.cancellation();
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public void progress(double fraction, String note) {}

    @Override
    public void waitUntil(String what, Duration atMost, Supplier<Observation> probe) {
      hosts.answer(NODE, DOWN);
      throw new WaitTimeoutException(what, atMost, DOWN.lastSeen());
    }
  }
}
