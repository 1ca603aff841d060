package io.rke4j.vsphere;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rke4j.testkit.SimulatedFleet;
import io.rke4j.testkit.SimulatedHost;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.vim.MachineChange;
import io.rke4j.vsphere.internal.vim.MachineFacts;
import io.rke4j.vsphere.internal.vim.MachineMark;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.VCenter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Boots the machines of a simulator that have been powered on: each becomes a simulated host that
 * has from the machine's own seed what cloud-init would have given it, and then its address is
 * shown to vCenter, as VMware Tools would. A machine that is destroyed takes its host with it; no
 * host is used twice.
 */
public final class Guests implements AutoCloseable {

  private static final long INTERVAL_MILLIS = 200;

  private final Simulator simulator;
  private final VCenter center;
  private final Deque<SimulatedHost> unused = new ArrayDeque<>();
  private final Map<ObjectId, SimulatedHost> running = new HashMap<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Future<?> looking;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  /** Boots machines with the hosts of a fleet, which answer only then. */
  public Guests(Simulator simulator, SimulatedFleet fleet) {
    this.simulator = simulator;
    this.center = VsphereDriver.open(simulator.connection());
    fleet.hosts().forEach(SimulatedHost::disconnect);
    unused.addAll(fleet.hosts());
    this.looking =
        thread.scheduleWithFixedDelay(
            this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      Set<ObjectId> present = new HashSet<>();
      for (MachineMark mark : center.vim().marks(center.vim().root())) {
        present.add(mark.id());
        boolean seeded = "seed".equals(mark.marks().get("rke4j.stage"));
        if (seeded && !running.containsKey(mark.id())) {
          center.vim().machine(mark.id()).filter(one -> one.state().on()).ifPresent(this::boot);
        }
      }
      Set.copyOf(running.keySet()).stream().filter(id -> !present.contains(id)).forEach(this::end);
    } catch (VsphereException e) {
      // A machine that went while it was looked at; if it is more, the test's own calls will fail.
      failures.add(e);
    } catch (RuntimeException e) {
      failures.add(e);
      throw e;
    }
  }

  private void boot(MachineFacts machine) {
    SimulatedHost host = unused.remove();
    running.put(machine.id(), host);
    JsonNode seed = userData(machine.mark().name());
    JsonNode user = seed.at("/users/0");
    host.ssh()
        .become(
            user.at("/name").asText(),
            user.at("/ssh_authorized_keys/0").asText(),
            seed.at("/ssh_keys/ecdsa_private").asText());
    host.reconnect();
    center
        .vim()
        .reconfigure(
            machine, List.of(new MachineChange.Parameter("SET.guest.ipAddress", host.address())));
  }

  private JsonNode userData(String machine) {
    String begin = "#cloud-config\n";
    try {
      String seed = simulator.seed(machine);
      int start = seed.indexOf(begin) + begin.length();
      return new ObjectMapper().readTree(seed.substring(start, seed.indexOf('\n', start)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end(ObjectId machine) {
    SimulatedHost host = running.remove(machine);
    if (host != null) {
      host.disconnect();
      host.stopDocker();
    }
  }

  /** What went wrong in here, for the message of a test that failed. */
  public List<Throwable> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    looking.cancel(false);
    thread.shutdown();
    try {
      thread.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    center.close();
  }
}
