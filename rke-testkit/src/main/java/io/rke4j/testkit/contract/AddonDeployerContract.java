package io.rke4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rke4j.spi.OperationContext;
import io.rke4j.spi.ProviderException;
import io.rke4j.spi.addon.AddonDeployer;
import io.rke4j.spi.addon.AddonManifest;
import io.rke4j.spi.addon.AddonState;
import io.rke4j.testkit.PatientContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the library relies on in an {@link AddonDeployer}:
 *
 * <ul>
 *   <li>looking ({@code state}, {@code deployed}) tells what the cluster holds, whichever deployer
 *       put it there; a changed manifest is outdated until it is deployed
 *   <li>what a changed manifest no longer has goes; what it still has stays; a removed addon leaves
 *       nothing
 *   <li>deploying what is deployed, and removing what is not there, does nothing
 *   <li>addons have nothing to do with each other
 *   <li>a manifest that Kubernetes refuses is a permanent {@link ProviderException} that names the
 *       addon, and is removed as any other
 * </ul>
 *
 * <p>Its objects are ConfigMaps in namespace {@code kube-system} whose names begin with {@code
 * contract-}, and Jobs; the cluster needs a node on which they can run.
 */
@ExtendWith(Prepared.class)
public abstract class AddonDeployerContract implements Prepared.Contract {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final List<AddonDeployer> opened = new ArrayList<>();

  /** For those who extend it. */
  protected AddonDeployerContract() {}

  /** Opens the deployer under test, for the same cluster each time; each is closed. */
  protected abstract AddonDeployer open();

  /** Whether the cluster has a ConfigMap of that name in {@code kube-system}. */
  protected abstract boolean hasConfigMap(String name);

  /** An image with {@code echo}, which the cluster can run. */
  protected abstract String shellImage();

  /** What operations are given; one that really waits if not said. */
  protected OperationContext context() {
    return new PatientContext();
  }

  private AddonDeployer deployer() {
    AddonDeployer deployer = open();
    opened.add(deployer);
    return deployer;
  }

  @Override
  public final void cleanUp() {
    try (AddonDeployer last = open()) {
      last.deployed().stream()
          .filter(name -> name.startsWith("contract-"))
          .forEach(name -> last.remove(name, LIMIT, context()));
    }
    opened.forEach(AddonDeployer::close);
  }

  private static String configMap(String name) {
    return "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s, namespace: kube-system}\n"
        .formatted(name);
  }

  private String job(String argument) {
    return """
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: contract-once, namespace: kube-system}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{name: once, image: "%s", command: [echo, %s]}]
        """
        .formatted(shellImage(), argument);
  }

  private static AddonManifest addon(String name, String... yaml) {
    return new AddonManifest("contract-" + name, String.join("", yaml));
  }

  @Test
  void anAddonIsAbsentUntilItIsDeployed() {
    AddonDeployer deployer = deployer();
    AddonManifest addon = addon("a", configMap("contract-one"));
    assertThat(deployer.state(addon)).isEqualTo(AddonState.ABSENT);
    assertThat(deployer.deployed()).doesNotContain("contract-a");

    deployer.deploy(addon, LIMIT, context());

    assertThat(hasConfigMap("contract-one")).isTrue();
    assertThat(deployer.state(addon)).isEqualTo(AddonState.DEPLOYED);
    assertThat(deployer.deployed()).contains("contract-a");
  }

  @Test
  void aDeployerThatIsOpenedLaterSeesWhatIsThereAndDeploysItAgainWithoutHarm() {
    AddonManifest addon = addon("a", configMap("contract-one"));
    deployer().deploy(addon, LIMIT, context());

    AddonDeployer later = deployer();

    assertThat(later.state(addon)).isEqualTo(AddonState.DEPLOYED);
    later.deploy(addon, LIMIT, context());
    assertThat(later.state(addon)).isEqualTo(AddonState.DEPLOYED);
    assertThat(hasConfigMap("contract-one")).isTrue();
  }

  @Test
  void aChangedAddonIsOutdatedUntilItIsDeployedAndLosesWhatItNoLongerHas() {
    AddonDeployer deployer = deployer();
    AddonManifest before =
        addon("a", configMap("contract-one"), configMap("contract-two"), job("before"));
    // A Job cannot be changed in place.
    AddonManifest after = addon("a", configMap("contract-one"), job("after"));
    deployer.deploy(before, LIMIT, context());
    assertThat(hasConfigMap("contract-two")).isTrue();
    assertThat(deployer.state(after)).isEqualTo(AddonState.OUTDATED);

    deployer.deploy(after, LIMIT, context());

    assertThat(hasConfigMap("contract-one")).isTrue();
    assertThat(hasConfigMap("contract-two")).isFalse();
    assertThat(deployer.state(after)).isEqualTo(AddonState.DEPLOYED);
    assertThat(deployer.state(before)).isEqualTo(AddonState.OUTDATED);
  }

  @Test
  void aRemovedAddonLeavesNothingAndRemovingItAgainIsFine() {
    AddonDeployer deployer = deployer();
    AddonManifest addon = addon("a", configMap("contract-one"));
    deployer.remove("contract-a", LIMIT, context());
    deployer.deploy(addon, LIMIT, context());

    deployer.remove("contract-a", LIMIT, context());
    deployer.remove("contract-a", LIMIT, context());

    assertThat(hasConfigMap("contract-one")).isFalse();
    assertThat(deployer.state(addon)).isEqualTo(AddonState.ABSENT);
    assertThat(deployer.deployed()).doesNotContain("contract-a");
  }

  @Test
  void addonsHaveNothingToDoWithEachOther() {
    AddonDeployer deployer = deployer();
    AddonManifest one = addon("a", configMap("contract-one"));
    AddonManifest other = addon("b", configMap("contract-two"));
    deployer.deploy(one, LIMIT, context());
    deployer.deploy(other, LIMIT, context());

    deployer.remove("contract-a", LIMIT, context());

    assertThat(hasConfigMap("contract-two")).isTrue();
    assertThat(deployer.state(other)).isEqualTo(AddonState.DEPLOYED);
    assertThat(deployer.deployed()).contains("contract-b").doesNotContain("contract-a");
  }

  @Test
  void aManifestThatKubernetesRefusesNamesTheAddonAndIsRemovedAsAnyOther() {
    AddonDeployer deployer = deployer();
    AddonManifest wrong =
        addon("wrong", "apiVersion: v1\nkind: Nonsense\nmetadata: {name: contract-never}\n");

    ProviderException failure =
        catchThrowableOfType(
            ProviderException.class,
            () -> deployer.deploy(wrong, Duration.ofSeconds(20), context()));

    assertThat(failure).isNotNull().hasMessageContaining("contract-wrong");
    assertThat(failure.isTransient()).isFalse();
    assertThat(deployer.state(wrong)).isNotEqualTo(AddonState.DEPLOYED);
    deployer.remove("contract-wrong", LIMIT, context());
    assertThat(deployer.deployed()).doesNotContain("contract-wrong");
    assertThat(deployer.state(wrong)).isEqualTo(AddonState.ABSENT);
  }

  @Test
  void aManifestThatIsNotYamlIsRefused() {
    AddonDeployer deployer = deployer();
    AddonManifest wrong = addon("wrong", "{not: [yaml");

    ProviderException failure =
        catchThrowableOfType(
            ProviderException.class, () -> deployer.deploy(wrong, LIMIT, context()));

    assertThat(failure).isNotNull().hasMessageContaining("contract-wrong");
    assertThat(failure.isTransient()).isFalse();
  }
}
