package io.rke4j.vsphere;

import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.testkit.contract.MachineMakingContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of drivers, kept against govmomi's simulator. */
class VsphereContractIT extends MachineMakingContract {

  @TempDir private static Path folder;
  private static Simulator simulator;

  @BeforeAll
  static void start() throws Exception {
    simulator = Simulator.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (simulator != null) {
      simulator.close();
    }
  }

  @Override
  protected NodeDriver open() {
    return VsphereDriver.connect(simulator.settings());
  }

  @Override
  protected NodeSpec node(String name) {
    return Simulator.node(name);
  }

  @Override
  protected OperationContext context() {
    return new RunContext();
  }

  @Override
  protected List<String> secrets() {
    return List.of("pass");
  }
}
