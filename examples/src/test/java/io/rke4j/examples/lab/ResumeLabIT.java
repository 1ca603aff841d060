package io.rke4j.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.Provisioning;
import io.rke4j.api.ProvisioningCancelledException;
import io.rke4j.api.event.ProvisionEvent;
import io.rke4j.api.plan.Plan;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Whatever ends a run, the next one goes on from there. {@code -Drke4j.lab.kills=10} kills more
 * often, {@code -Drke4j.lab.seed=…} at the same moments as a run before.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeLabIT {

  private static final int KILLS = Integer.getInteger("rke4j.lab.kills", 2);
  private static final long SEED = Long.getLong("rke4j.lab.seed", System.nanoTime());

  /** A run takes longer than this, so that all moments are within it. */
  private static final Duration LATEST = Duration.ofSeconds(25);

  private static final String FILE = Example.text("next.yml");

  private final Random random = new Random(SEED);
  private Lab lab;
  private LabCluster cluster;

  @BeforeAll
  void makeHost() {
    System.out.println("moments: -Drke4j.lab.seed=" + SEED);
    lab = Lab.withFreshHosts(1);
  }

  @BeforeEach
  void begin() {
    cluster = LabCluster.on(lab);
  }

  @AfterEach
  void end() {
    cluster.remove(FILE);
    cluster.recorder().assertWellFormed();
    cluster.close();
  }

  @Test
  void killedRunIsContinuedByTheNext() throws IOException, InterruptedException {
    for (int kill = 1; kill <= KILLS; kill++) {
      int moment = random.nextInt((int) LATEST.toMillis());
      System.out.printf("kill %d after %.1f s%n", kill, moment / 1000.0);
      killAfter(moment);
      continueToTheEnd();
      if (kill < KILLS) {
        cluster.remove(FILE);
      }
    }
  }

  private void killAfter(int moment) throws IOException, InterruptedException {
    Path file = cluster.write(FILE);
    Process run =
        new ProcessBuilder(
                CommandLine.words(
                    "up",
                    file.toString(),
                    "--state",
                    cluster.state().toString(),
                    "--accept-new-host-keys"))
            .redirectErrorStream(true)
            .redirectOutput(new File(cluster.folder().toFile(), "killed.log"))
            .start();
    boolean over = run.waitFor(moment, TimeUnit.MILLISECONDS);
    run.destroyForcibly().waitFor();
    assertThat(over).as("the run was over before it could be killed").isFalse();
  }

  private void continueToTheEnd() {
    Plan plan = cluster.plan(FILE);
    cluster.kubectl(cluster.apply(plan).orElseThrow()).awaitNodesReady(1);
    cluster.assertUpToDate(FILE);
  }

  @Test
  void cancelledRunIsContinuedByTheNext() throws InterruptedException {
    CountDownLatch inTheMiddle = new CountDownLatch(1);
    cluster
        .recorder()
        .forwardTo(
            event -> {
              if (event instanceof ProvisionEvent.StepStarted started
                  && started.step().action().equals("run-kube-apiserver")) {
                inTheMiddle.countDown();
              }
            });
    Provisioning run = cluster.provisioner().apply(cluster.plan(FILE));
    assertThat(inTheMiddle.await(2, TimeUnit.MINUTES)).isTrue();
    run.cancel();
    assertThatThrownBy(() -> run.await(Duration.ofSeconds(30)))
        .isInstanceOf(ProvisioningCancelledException.class);
    continueToTheEnd();
  }
}
