package io.rke4j.core.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.ClusterProvisioner;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.event.ProvisionEvent.StepStarted;
import io.rke4j.api.event.ProvisionEvent.StepSucceeded;
import io.rke4j.api.plan.Plan;
import io.rke4j.core.QuickProvisioner;
import io.rke4j.testkit.RecordingListener;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that runs gets new keys, and goes on running. */
class RenewalTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String ENCRYPTION = "/etc/kubernetes/ssl/encryption.yaml";

  @TempDir private Path folder;

  @Test
  @Timeout(240)
  void keysAreRenewedOnOneHostAfterTheOtherAndOnlyOnce() throws Exception {
    RecordingListener seen = new RecordingListener();
    try (SimulatedFleet fleet = SimulatedFleet.of(3);
        ClusterProvisioner rke = provisioner(fleet, seen)) {
      rke.apply(rke.plan(spec(fleet, nothing -> {}, Instant.EPOCH))).await(PATIENCE);
      List<String> before = secrets(fleet);
      Instant now = Instant.now().plusSeconds(1);
      ClusterSpec renewed = spec(fleet, s -> s.renewCertificates(now), now);

      Plan plan = rke.plan(renewed);
      assertThat(plan.render())
          .contains("issue kube-apiserver: those from before", "make a new key for Secrets");
      int begun = seen.events().size();
      while (Instant.now().isBefore(now)) {
        Thread.onSpinWait();
      }
      rke.apply(plan).await(PATIENCE);

      assertThat(secrets(fleet)).doesNotContainAnyElementsOf(before);
      List<ProvisionEvent> events = seen.events().subList(begun, seen.events().size());
      assertOneByOne(events, fleet, "place-certificates");
      assertOneByOne(events, fleet, "introduce-encryption-key");
      assertOneByOne(events, fleet, "place-configuration");
      Plan second = rke.plan(renewed);
      assertThat(second.isEmpty()).as("%s", second.render()).isTrue();
    }
  }

  @Test
  @Timeout(240)
  void allApiServersLearnOfTheFirstKeyBeforeOneOfThemWritesWithIt() throws Exception {
    RecordingListener seen = new RecordingListener();
    try (SimulatedFleet fleet = SimulatedFleet.of(3);
        ClusterProvisioner rke = provisioner(fleet, seen)) {
      ClusterSpec.Builder plain = nodes(fleet);
      rke.apply(rke.plan(plain.build())).await(PATIENCE);
      List<String> before = new CopyOnWriteArrayList<>();
      seen.forwardTo(
          event -> {
            if (event instanceof StepStarted start
                && start.step().action().equals("begin-encryption")
                && before.isEmpty()) {
              fleet.hosts().forEach(host -> before.add(encryption(host)));
            }
          });

      ClusterSpec encrypted =
          nodes(fleet).services(s -> s.apiServer(a -> a.encryptSecrets())).build();
      rke.apply(rke.plan(encrypted)).await(PATIENCE);

      assertThat(before).hasSize(3).allMatch(text -> isBefore("identity", "aescbc", text));
      assertThat(fleet.hosts()).allMatch(host -> isBefore("aescbc", "identity", encryption(host)));
      assertOneByOne(seen.events(), fleet, "begin-encryption");
      Plan second = rke.plan(encrypted);
      assertThat(second.isEmpty()).as("%s", second.render()).isTrue();
    }
  }

  private ClusterProvisioner provisioner(SimulatedFleet fleet, RecordingListener seen) {
    return QuickProvisioner.builder(fleet)
        .stateDirectory(folder.resolve("state"))
        .listener(seen)
        .build();
  }

  private static String encryption(SimulatedHost host) {
    return host.files().text(ENCRYPTION).orElse("");
  }

  private static boolean isBefore(String first, String second, String text) {
    return text.contains(first) && text.indexOf(first) < text.indexOf(second);
  }

  private static ClusterSpec.Builder nodes(SimulatedFleet fleet) {
    ClusterSpec.Builder spec = ClusterSpec.named("simulated").kubernetes("v1.20.15-rancher2-1");
    for (SimulatedHost host : fleet.hosts()) {
      spec.node(host.name(), host.withRoles(Role.values()));
    }
    return spec;
  }

  private static ClusterSpec spec(
      SimulatedFleet fleet, Consumer<ClusterSpec.Builder> change, Instant keyMadeSince) {
    ClusterSpec.Builder spec =
        nodes(fleet)
            .services(s -> s.apiServer(a -> a.encryptSecrets().renewEncryptionKey(keyMadeSince)));
    change.accept(spec);
    return spec.build();
  }

  private static List<String> secrets(SimulatedFleet fleet) {
    List<String> texts = new ArrayList<>();
    for (SimulatedHost host : fleet.hosts()) {
      for (String path :
          List.of(
              ENCRYPTION,
              "/etc/kubernetes/ssl/kube-apiserver-key.pem",
              "/etc/kubernetes/ssl/kube-node-key.pem")) {
        texts.add(host.files().text(path).orElseThrow());
      }
    }
    return texts;
  }

  /** The next host begins when the one before is done. */
  private static void assertOneByOne(
      List<ProvisionEvent> events, SimulatedFleet fleet, String action) {
    List<String> order = new ArrayList<>();
    for (ProvisionEvent event : events) {
      if (event instanceof StepStarted start && start.step().action().equals(action)) {
        order.add("start " + start.step().target());
      }
      if (event instanceof StepSucceeded end && end.step().action().equals(action)) {
        order.add("end " + end.step().target());
      }
    }
    List<String> expected = new ArrayList<>();
    fleet
        .hosts()
        .forEach(
            host -> {
              expected.add("start " + host.name());
              expected.add("end " + host.name());
            });
    assertThat(order).as(action).isEqualTo(expected);
  }
}
