package io.rke4j.testkit;

import io.rke4j.testkit.RandomFaults.Mishap;
import io.rke4j.testkit.container.EngineRefusal;
import io.rke4j.testkit.engine.EngineFault;
import io.rke4j.testkit.engine.EngineFaults.EngineRequest;
import io.rke4j.testkit.kube.api.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws mishaps. */
final class MishapKinds {

  private static final Logger LOG = LoggerFactory.getLogger(MishapKinds.class);

  /** About as many requests as a host's engine gets while a cluster is built on it. */
  private static final int REQUESTS = 200;

  private static final int API_REQUESTS = 80;
  private static final int IMAGES = 6;
  private static final List<Integer> SECONDS_OFF = List.of(-86_400, -90, -5, 5, 90, 86_400);
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
  private static final List<String> COMPONENTS =
      List.of(
          "etcd",
          "kube-apiserver",
          "kube-controller-manager",
          "kube-scheduler",
          "kubelet",
          "kube-proxy",
          "rke-port-checker",
          "rke-etcd-port-listener");

  private final Random random;
  private final SimulatedFleet fleet;

  MishapKinds(Random random, SimulatedFleet fleet) {
    this.random = random;
    this.fleet = fleet;
  }

  Mishap draw() {
    SimulatedHost host = fleet.host(random.nextInt(fleet.hosts().size()));
    return switch (random.nextInt(22)) {
      case 0 -> unreachable(host);
      case 1 -> event(host, "all connections to it are cut", host::dropConnections);
      case 2 -> reboot(host);
      case 3 -> dockerRestart(host);
      case 4, 5 -> killed(host);
      case 6 -> slow(host);
      case 7 -> pull(host);
      case 8 -> fullDisk(host);
      case 9 -> refused(host);
      case 10 -> dropped(host);
      case 11 -> cutOff(host);
      case 12 -> ending();
      case 13 -> silent(host);
      case 14 -> unanswered(host);
      case 15 -> halfOpen(host);
      case 16 -> corrupt(host);
      case 17 -> quorum();
      case 18 -> wrongClock(host);
      case 19 -> silentApi();
      default -> api();
    };
  }

  private int from(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  private Duration millis(int least, int most) {
    return Duration.ofMillis(from(least, most));
  }

  private <T> T one(List<T> choice) {
    return choice.get(random.nextInt(choice.size()));
  }

  private Mishap unreachable(SimulatedHost host) {
    Duration time = millis(20, 400);
    return event(
        host, "it is not reached for " + time.toMillis() + " ms", () -> host.disconnect(time));
  }

  private Mishap reboot(SimulatedHost host) {
    Duration time = millis(20, 400);
    return event(host, "it reboots in " + time.toMillis() + " ms", () -> host.reboot(time));
  }

  private Mishap dockerRestart(SimulatedHost host) {
    return event(
        host,
        "its engine restarts",
        () -> {
          host.stopDocker();
          host.startDocker();
        });
  }

  private Mishap silent(SimulatedHost host) {
    Duration time = millis(100, 3000);
    return event(
        host, "it falls silent for " + time.toMillis() + " ms", () -> host.fallSilent(time));
  }

  /** The engine starts nothing again that was killed by its user: a member of etcd is lost. */
  private Mishap killed(SimulatedHost host) {
    String name = one(COMPONENTS);
    return name.equals("etcd") && fleet.hosts().size() == 1
        ? killedForAWhile(host)
        : event(host, name + " is killed", () -> stop(host, name));
  }

  private static void stop(SimulatedHost host, String name) {
    host.docker().containers().find(name).ifPresent(host.docker()::stop);
  }

  /** With the only member gone for good, a run would wait for its API until its patience ends. */
  private Mishap killedForAWhile(SimulatedHost host) {
    Duration time = millis(100, 3000);
    return event(
        host,
        "etcd is killed, and started after " + time.toMillis() + " ms",
        () -> {
          stop(host, "etcd");
          fleet.time().later(time, () -> startAgain(host));
        });
  }

  private static void startAgain(SimulatedHost host) {
    try {
      host.docker().containers().find("etcd").ifPresent(host.docker()::start);
    } catch (EngineRefusal e) {
      // Its disk may be full by now; then it stays down, as on a real host.
      LOG.debug("etcd does not start again on {}", host, e);
    }
  }

  private Mishap wrongClock(SimulatedHost host) {
    int seconds = one(SECONDS_OFF);
    return event(
        host,
        "its clock is " + Math.abs(seconds) + " s " + (seconds > 0 ? "ahead" : "behind"),
        () -> host.skewClock(Duration.ofSeconds(seconds)));
  }

  private Mishap quorum() {
    int nth = from(1, API_REQUESTS);
    Duration time = millis(100, 3000);
    return new Mishap(
        "at request " + nth + " to the API etcd loses its quorum for " + time.toMillis() + " ms",
        () ->
            fleet
                .apiFaults()
                .nth(
                    nth,
                    request -> true,
                    new Fault.Meanwhile(
                        "etcd loses its quorum",
                        () -> {
                          fleet.apiFaults().loseQuorum();
                          fleet.time().later(time, fleet.apiFaults()::regainQuorum);
                        })));
  }

  /** The first pull after that moment, on whichever host, or all of the next ones. */
  private Mishap corrupt(SimulatedHost host) {
    int nth = from(1, IMAGES);
    int pulls = one(List.of(1, 1, 2, 100));
    String words = "the next " + pulls + " pulls are corrupt";
    return new Mishap(
        "at pull " + nth + " on " + host.name() + " " + words,
        () ->
            host.engineFaults()
                .nth(
                    nth,
                    request -> request.is("POST", "/images/create"),
                    new EngineFault.Meanwhile(words, () -> fleet.registries().corruptNext(pulls))));
  }

  private Mishap event(SimulatedHost host, String words, Runnable action) {
    int nth = from(1, REQUESTS);
    return new Mishap(
        "at request " + nth + " to the engine of " + host.name() + " " + words,
        () ->
            host.engineFaults()
                .nth(nth, request -> true, new EngineFault.Meanwhile(words, action)));
  }

  private Mishap slow(SimulatedHost host) {
    Duration time = millis(2, 30);
    return new Mishap(
        "every answer of " + host.name() + " takes " + time.toMillis() + " ms",
        () -> host.engineFaults().from(1, request -> true, new EngineFault.Delay(time)));
  }

  private Mishap pull(SimulatedHost host) {
    EngineFault fault =
        one(
            List.of(
                new EngineFault.Refusal(
                    500, "toomanyrequests: You have reached your pull rate limit"),
                new EngineFault.Refusal(
                    500,
                    "Get \"https://registry-1.docker.io/v2/\": net/http: TLS handshake timeout"),
                new EngineFault.Refusal(404, "manifest for it not found: manifest unknown"),
                new EngineFault.Stall(millis(50, 500)),
                new EngineFault.CutOff(from(0, 400))));
    return request(host, from(1, IMAGES), "POST", "/images/create", fault);
  }

  private Mishap fullDisk(SimulatedHost host) {
    int nth = from(1, 30);
    Predicate<EngineRequest> writes =
        it ->
            it.is("POST", "/images/create")
                || it.is("POST", "/containers/create")
                || it.is("PUT", "/containers/");
    return new Mishap(
        "the disk of " + host.name() + " is full from the " + nth + ". request that writes",
        () ->
            host.engineFaults()
                .nth(nth, writes, new EngineFault.Meanwhile("its disk is full", host::fillDisk)));
  }

  private Mishap refused(SimulatedHost host) {
    EngineFault fault =
        one(
            List.of(
                new EngineFault.Refusal(500, "context deadline exceeded"),
                new EngineFault.Refusal(503, "the engine is going away"),
                new EngineFault.Refusal(409, "removal of container is already in progress")));
    return request(host, from(1, REQUESTS / 4), one(METHODS), "/", fault);
  }

  private Mishap dropped(SimulatedHost host) {
    return request(host, from(1, REQUESTS / 4), one(METHODS), "/", new EngineFault.Drop());
  }

  private Mishap unanswered(SimulatedHost host) {
    return request(host, from(1, REQUESTS / 4), one(METHODS), "/", new EngineFault.Silence());
  }

  private Mishap halfOpen(SimulatedHost host) {
    EngineFault fault = new EngineFault.HalfOpen(from(0, 300));
    return request(host, from(1, REQUESTS / 4), one(METHODS), "/", fault);
  }

  private Mishap cutOff(SimulatedHost host) {
    EngineFault fault = new EngineFault.CutOff(from(0, 300));
    return request(host, from(1, REQUESTS / 4), one(METHODS), "/", fault);
  }

  private static Mishap request(
      SimulatedHost host, int nth, String method, String path, EngineFault fault) {
    return new Mishap(
        fault + " at the " + nth + ". " + method + " " + path + "… to the engine of " + host.name(),
        () -> host.engineFaults().nth(nth, request -> request.is(method, path), fault));
  }

  private Mishap ending() {
    String name = one(COMPONENTS);
    int times = from(1, 6);
    int code = one(List.of(1, 2, 137, 255));
    return new Mishap(
        name + " ends " + times + " times with exit code " + code,
        () -> fleet.endings().next(name, times, code, "simulated: " + name + " had enough"));
  }

  /** Each such request costs its sender the time that it takes to give up. */
  private Mishap silentApi() {
    int nth = from(1, API_REQUESTS);
    return new Mishap(
        "request " + nth + " to the API is never answered",
        () -> fleet.apiFaults().nth(nth, request -> true, new Fault.Silence()));
  }

  private Mishap api() {
    int nth = from(1, API_REQUESTS);
    int count = from(1, 3);
    Fault fault =
        one(
            List.of(
                Fault.tooManyRequests(), Fault.unavailable(), Fault.timeout(), new Fault.Drop()));
    return new Mishap(
        fault + " at " + count + " requests to the API, the " + nth + ". and those after it",
        () -> {
          for (int number = 0; number < count; number++) {
            fleet.apiFaults().nth(nth + number, request -> true, fault);
          }
        });
  }
}
