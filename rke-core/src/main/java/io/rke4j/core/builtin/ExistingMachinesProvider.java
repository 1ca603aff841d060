package io.rke4j.core.builtin;

import io.rke4j.spi.node.NodeDriver;
import io.rke4j.spi.node.NodeDriverProvider;
import java.util.Map;

/** Finds {@link ExistingMachines} under the id {@code existing}. */
public final class ExistingMachinesProvider implements NodeDriverProvider {

  @Override
  public String id() {
    return "existing";
  }

  @Override
  public NodeDriver open(Map<String, String> settings) {
    return new ExistingMachines();
  }
}
