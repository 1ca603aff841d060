package io.rke4j.testkit;

import io.rke4j.api.Pace;
import java.time.Duration;
import java.util.Map;

/**
 * Nobody has to find out by waiting which simulated host has fallen silent. All others may take as
 * long as real ones, so that a machine that is busy with other tests makes no difference.
 *
 * @param hosts by their addresses
 */
record FleetPace(Map<String, SimulatedHost> hosts) implements Pace {

  private static final int SURE = 250;
  private static final int PROMPT = 25;

  @Override
  public Duration silence(String address, Duration usual) {
    SimulatedHost host = hosts.get(address);
    return host != null && host.isSilent() ? usual.dividedBy(SURE) : usual;
  }

  @Override
  public Duration pause(Duration usual) {
    return usual.dividedBy(PROMPT);
  }
}
