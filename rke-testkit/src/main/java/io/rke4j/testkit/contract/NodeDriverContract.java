package io.rke4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.node.Machine;
import io.rke4j.spi.node.NodeDriver;
import io.rke4j.testkit.PatientContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the library relies on in every {@link NodeDriver}:
 *
 * <ul>
 *   <li>looking ({@code check}, {@code find}, {@code exists}) changes nothing, and says the same
 *       twice
 *   <li>making a machine that is there returns it, so that a run that was interrupted goes on
 *   <li>a machine is found, as it was returned when it was made, also by a driver that is opened
 *       later
 *   <li>a machine carries the name of its node, and says completely how it is reached
 *   <li>each node has a machine of its own, also if several are made at the same time
 *   <li>destroying is done once and fine again
 *   <li>nothing prints a secret
 * </ul>
 *
 * <p>A driver whose machines are not there before it makes them extends {@link
 * MachineMakingContract}, which demands more.
 */
@ExtendWith(Prepared.class)
public abstract class NodeDriverContract implements Prepared.Contract {

  private final List<NodeDriver> opened = new ArrayList<>();
  private final Map<String, NodeSpec> used = new LinkedHashMap<>();

  /** For those who extend it. */
  protected NodeDriverContract() {}

  /**
   * Opens the driver under test. Called several times in a test, for drivers that see the same
   * machines; each is closed. There may be nothing of an earlier test.
   *
   * @throws Exception if it cannot be opened
   */
  protected abstract NodeDriver open() throws Exception;

  /**
   * A node whose machine the driver under test makes, or knows.
   *
   * @param name {@code contract-1} or {@code contract-2}
   */
  protected abstract NodeSpec node(String name);

  /** What must not be printed: passwords and keys that the driver was given; none if not said. */
  protected List<String> secrets() {
    return List.of();
  }

  /** What operations are given; one that really waits if not said. */
  protected OperationContext context() {
    return new PatientContext();
  }

  final NodeDriver driver() throws Exception {
    NodeDriver driver = open();
    opened.add(driver);
    return driver;
  }

  final NodeSpec one() {
    return used.computeIfAbsent("contract-1", this::node);
  }

  final NodeSpec other() {
    return used.computeIfAbsent("contract-2", this::node);
  }

  @Override
  public final void cleanUp() throws Exception {
    if (!used.isEmpty()) {
      NodeDriver driver = driver();
      used.values().forEach(node -> driver.destroy(node, context()));
    }
    opened.forEach(NodeDriver::close);
  }

  @Test
  void aNodeThatFitsHasNoProblems() throws Exception {
    NodeDriver driver = driver();
    assertThat(driver.check(one())).isEmpty();
    assertThat(driver.check(one())).isEmpty();
  }

  @Test
  void lookingChangesNothing() throws Exception {
    NodeDriver driver = driver();
    boolean before = driver.exists(one());
    driver.check(one());
    driver.find(one());
    assertThat(driver.exists(one())).isEqualTo(before);
    assertThat(driver.find(one()).isPresent()).isEqualTo(before);
  }

  @Test
  void aMachineIsFoundOnceItIsMade() throws Exception {
    NodeDriver driver = driver();
    Machine made = driver.create(one(), context());
    assertThat(driver.find(one())).contains(made);
    assertThat(driver.exists(one())).isTrue();
  }

  @Test
  void makingAMachineAgainReturnsTheOneThatIsThere() throws Exception {
    NodeDriver driver = driver();
    Machine first = driver.create(one(), context());
    assertThat(driver.create(one(), context())).isEqualTo(first);
    assertThat(driver().create(one(), context())).isEqualTo(first);
  }

  @Test
  void aDriverThatIsOpenedLaterFindsTheMachine() throws Exception {
    Machine made = driver().create(one(), context());
    assertThat(driver().find(one())).contains(made);
  }

  @Test
  void aMachineSaysHowItIsReached() throws Exception {
    Machine made = driver().create(one(), context());
    assertThat(made.name()).isEqualTo(one().name());
    assertThat(made.address()).isNotBlank();
    assertThat(made.internalAddress()).isNotBlank();
    assertThat(made.ssh().user()).isNotBlank();
    assertThat(made.ssh().port()).isBetween(1, 65535);
    assertThat(made.dockerSocket()).startsWith("/");
    assertThat(made.hostKeys()).allMatch(key -> key.matches("\\S+ [A-Za-z0-9+/=]+"));
  }

  @Test
  void eachNodeHasAMachineOfItsOwnEvenIfTheyAreMadeAtTheSameTime() throws Exception {
    NodeDriver driver = driver();
    NodeSpec first = one();
    NodeSpec second = other();
    Callable<Machine> makeFirst = () -> driver.create(first, context());
    Callable<Machine> makeSecond = () -> driver.create(second, context());
    List<Machine> made = Together.call(List.of(makeFirst, makeSecond));
    assertThat(made).extracting(Machine::name).containsExactly(first.name(), second.name());
    assertThat(driver.find(first)).contains(made.get(0));
    assertThat(driver.find(second)).contains(made.get(1));
    assertThat(made.get(0)).isNotEqualTo(made.get(1));
  }

  @Test
  void destroyingIsFineTwiceAndForWhatWasNeverMade() throws Exception {
    NodeDriver driver = driver();
    driver.destroy(other(), context());
    driver.create(one(), context());
    driver.destroy(one(), context());
    driver.destroy(one(), context());
    assertThat(driver.check(one())).isEmpty();
  }

  @Test
  void nothingPrintsASecret() throws Exception {
    NodeDriver driver = driver();
    Machine made = driver.create(one(), context());
    assertThat(made.toString() + driver).doesNotContain("PRIVATE KEY");
    for (String secret : secrets()) {
      assertThat(made.toString().contains(secret)).as("a machine prints a secret").isFalse();
      assertThat(driver.toString().contains(secret)).as("the driver prints a secret").isFalse();
    }
  }
}
