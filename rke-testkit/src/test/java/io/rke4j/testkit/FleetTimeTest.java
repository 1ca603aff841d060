package io.rke4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rke4j.testkit.container.Container;
import io.rke4j.testkit.container.Container.Status;
import io.rke4j.testkit.container.ImageName;
import io.rke4j.testkit.container.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Long waits on the hosts, over at once. */
@Timeout(30)
class FleetTimeTest {

  private final SimulatedFleet fleet = SimulatedFleet.of(1);
  private final SimulatedHost host = fleet.host(0);

  @AfterEach
  void close() {
    fleet.close();
  }

  private Container run(String restart, String... command) {
    host.docker().pull(ImageName.parse("busybox:1"), Json.object());
    ObjectNode request = Json.object().put("Image", "busybox:1");
    request.set("Cmd", Json.array(List.of(command)));
    request.putObject("HostConfig").putObject("RestartPolicy").put("Name", restart);
    Container container = host.docker().create("main", request);
    host.docker().start(container);
    return container;
  }

  @Test
  void aProgramThatSleepsAnHourEndsWhenTheHourIsOver() throws Exception {
    Container container = run("no", "sleep", "3600");
    Instant begin = container.snapshot().started();
    fleet.time().pass(Duration.ofMinutes(59));
    assertThat(container.snapshot().status()).isEqualTo(Status.RUNNING);
    fleet.time().pass(Duration.ofMinutes(1));
    assertThat(container.end().get(10, TimeUnit.SECONDS)).isZero();
    assertThat(Duration.between(begin, container.snapshot().finished()))
        .isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
  }

  @Test
  void aScriptSleepsInTheSameTime() throws Exception {
    Container container = run("no", "sh", "-c", "sleep 600; echo awake");
    CountDownLatch awake = new CountDownLatch(1);
    container.log().follow(line -> awake.countDown());
    while (!awake.await(10, TimeUnit.MILLISECONDS)) {
      fleet.time().pass(Duration.ofMinutes(1));
    }
    assertThat(container.end().get(10, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void aHostThatRebootsForTenMinutesIsBackWhenTheyAreOver() throws Exception {
    run("always", "sleep", "infinity");
    host.reboot(Duration.ofMinutes(10));
    assertThat(host.docker().containers().require("main").snapshot().alive()).isFalse();
    fleet.time().pass(Duration.ofMinutes(10));
    Container container = host.docker().containers().require("main");
    CountDownLatch up = new CountDownLatch(1);
    while (!container.snapshot().alive() && !up.await(10, TimeUnit.MILLISECONDS)) {
      // It comes up on a thread of its own.
    }
    assertThat(container.snapshot().alive()).isTrue();
  }

  @Test
  void aWrongClockShowsInTheTimesOfContainersToo() {
    host.skewClock(Duration.ofHours(-2));
    Container container = run("no", "sleep", "60");
    Duration behind = Duration.between(container.snapshot().started(), Instant.now());
    assertThat(behind).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
    host.skewClock(Duration.ZERO);
    assertThat(host.docker().machine().clock().instant())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
  }
}
