package io.rke4j.core.phase.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.KubeApiBuilder;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.core.builtin.state.DirectoryStateStore;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.document.EncryptionFile;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.pki.Clusters;
import io.rke4j.core.state.ClusterMemory;
import io.rke4j.core.state.EncryptionRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionTest {

  private static final Consumer<KubeApiBuilder> GENERATED = KubeApiBuilder::encryptSecrets;
  private static final String FIRST = "aescbc: {keys: [{name: k1, secret: c2VjcmV0LW1hcmtlci0x}]}";
  private static final String SECOND = "aescbc: {keys: [{name: k2, secret: c2VjcmV0LW1hcmtlci0y}]}";

  private static void off(KubeApiBuilder nothing) {}

  @TempDir private Path folder;

  @BeforeEach
  void begin() {
    memory().remember(cluster(EncryptionTest::off), CertificateBundle.EMPTY);
  }

  @Test
  void aKeyIsMadeOnceAndSurvivesAProgramThatDies() {
    wanted(GENERATED).save();
    Secret key = memory().encryption().configuration();
    wanted(GENERATED).save();

    assertThat(memory().encryption().configuration()).isEqualTo(key);
    assertThat(EncryptionFile.writingKeys(key, "secrets")).hasSize(1);
    assertThat(wanted(GENERATED).file()).contains(key);
    assertThat(EncryptionFile.problems("x", key)).isEmpty();
  }

  @Test
  void everySecretIsWrittenOnceAfterAChange() {
    wanted(GENERATED).save();
    assertThat(wanted(GENERATED).isFinished()).isFalse();

    wanted(GENERATED).finish();
    assertThat(wanted(GENERATED).isFinished()).isTrue();
    assertThat(wanted(EncryptionTest::off).isFinished()).isFalse();
  }

  @Test
  void onTheWayToPlainSecretsTheKeyIsKeptUntilAllAreWritten() {
    wanted(GENERATED).save();
    wanted(GENERATED).finish();
    Secret encrypting = memory().encryption().file();

    wanted(EncryptionTest::off).save();
    Secret decrypting = wanted(EncryptionTest::off).file().orElseThrow();
    assertThat(EncryptionFile.writingKeys(decrypting, "secrets"))
        .containsExactly(EncryptionFile.PLAIN);
    assertThat(keys(decrypting)).isEqualTo(keys(encrypting));

    wanted(EncryptionTest::off).finish();
    assertThat(wanted(EncryptionTest::off).file()).as("no host needs it any more").isEmpty();
    wanted(EncryptionTest::off).forget();
    assertThat(memory().encryption()).isEqualTo(EncryptionRecord.NONE);
    assertThat(wanted(EncryptionTest::off).concerns()).isFalse();
  }

  @Test
  void whoTurnsBackHalfWayKeepsTheKey() {
    wanted(GENERATED).save();
    wanted(GENERATED).finish();
    Secret key = memory().encryption().configuration();
    wanted(EncryptionTest::off).save();
    wanted(GENERATED).save();

    EncryptionRecord turnedBack = memory().encryption();
    assertThat(turnedBack)
        .isEqualTo(EncryptionRecord.begin(key, turnedBack.keyMade()).knownToAll());
  }

  @Test
  void aKeyThatIsTooOldIsReplacedOnceAndCanStillBeReadWith() {
    wanted(GENERATED).save();
    wanted(GENERATED).finish();
    Secret first = memory().encryption().configuration();
    Consumer<KubeApiBuilder> renewed = renewed(Instant.now());

    assertThat(wanted(renewed).isFinished()).isFalse();
    assertThat(wanted(renewed).file()).as("not made yet").contains(Secret.of(""));
    assertThat(wanted(renewed).introduction()).contains(Secret.of(""));
    assertThatCode(() -> wanted(renewed).check()).doesNotThrowAnyException();

    wanted(renewed).save();
    wanted(renewed).save();
    Secret second = wanted(renewed).file().orElseThrow();
    Secret introduction = wanted(renewed).introduction().orElseThrow();

    assertThat(keys(second)).hasSize(2).containsAll(keys(first)).isEqualTo(keys(introduction));
    assertThat(EncryptionFile.writingKeys(introduction, "secrets"))
        .as("until all know the new key, the old one writes")
        .isEqualTo(EncryptionFile.writingKeys(first, "secrets"))
        .isNotEqualTo(EncryptionFile.writingKeys(second, "secrets"));
    assertThat(EncryptionFile.problems("x", second)).isEmpty();

    wanted(renewed).finish();
    assertThat(wanted(renewed).isFinished()).as("a second run").isTrue();
    assertThat(wanted(renewed).introduction()).isEmpty();
    assertThat(wanted(GENERATED).file()).as("and without it nothing changes").contains(second);
  }

  @Test
  void apiServersMayRunWithoutAnyKeyAsSoonAsThereAreCertificates() {
    issueCertificates();
    wanted(GENERATED).save();
    Secret key = memory().encryption().configuration();

    Secret introduction = wanted(GENERATED).introduction().orElseThrow();
    assertThat(EncryptionFile.writingKeys(introduction, "secrets"))
        .containsExactly(EncryptionFile.PLAIN);
    assertThat(keys(introduction)).isEqualTo(keys(key));
    assertThat(wanted(GENERATED).isNew()).isTrue();
  }

  @Test
  void aSecondKeyBeforeTheFirstHasReachedAnyHostLeavesEverythingPlainUntilAllKnowBoth() {
    issueCertificates();
    wanted(GENERATED).save();
    Secret first = memory().encryption().configuration();
    wanted(renewed(Instant.now())).save();

    Secret introduction = wanted(renewed(Instant.EPOCH)).introduction().orElseThrow();
    assertThat(EncryptionFile.writingKeys(introduction, "secrets"))
        .containsExactly(EncryptionFile.PLAIN);
    assertThat(keys(introduction)).hasSize(2).containsAll(keys(first));
    assertThat(wanted(GENERATED).isNew()).isTrue();
  }

  @Test
  void whileNewKeysFollowEachOtherTheOneThatAllKnowWrites() {
    wanted(GENERATED).save();
    wanted(GENERATED).finish();
    Secret first = memory().encryption().configuration();
    wanted(renewed(Instant.now())).save();
    wanted(renewed(Instant.now())).save();

    Secret introduction = wanted(GENERATED).introduction().orElseThrow();
    assertThat(EncryptionFile.writingKeys(introduction, "secrets"))
        .isEqualTo(EncryptionFile.writingKeys(first, "secrets"));
    assertThat(keys(introduction)).hasSize(3);
    assertThat(wanted(GENERATED).isNew()).isFalse();
  }

  @Test
  void nothingIsPlainMeanwhileForThoseWhoCannotReadIt() {
    wanted(custom(only("secrets", FIRST))).save();
    wanted(custom(only("secrets", FIRST))).finish();
    Secret first = memory().encryption().configuration();

    wanted(custom(only("secrets", SECOND, FIRST))).save();
    Secret introduction =
        wanted(custom(only("secrets", SECOND, FIRST))).introduction().orElseThrow();
    assertThat(EncryptionFile.writingKeys(introduction, "secrets"))
        .isEqualTo(EncryptionFile.keys(first, "secrets"));
    assertThat(EncryptionFile.keys(introduction, "secrets"))
        .hasSize(2)
        .doesNotContain(EncryptionFile.PLAIN);
    wanted(custom(only("secrets", SECOND, FIRST))).finish();

    wanted(EncryptionTest::off).save();
    Secret beforePlain = wanted(EncryptionTest::off).introduction().orElseThrow();
    assertThat(EncryptionFile.writingKeys(beforePlain, "secrets"))
        .doesNotContain(EncryptionFile.PLAIN)
        .hasSize(1);
    assertThat(EncryptionFile.keys(beforePlain, "secrets")).contains(EncryptionFile.PLAIN);
  }

  @Test
  void eachResourceIsWrittenAsBeforeUntilAllKnowItsKey() {
    wanted(custom(only("secrets", FIRST))).save();
    wanted(custom(only("secrets", FIRST))).finish();
    Secret first = memory().encryption().configuration();
    Consumer<KubeApiBuilder> all = custom(entry("'*.*'", SECOND, FIRST));
    wanted(all).save();

    Secret introduction = wanted(all).introduction().orElseThrow();
    assertThat(EncryptionFile.writingKeys(introduction, "configmaps"))
        .containsExactly(EncryptionFile.PLAIN);
    assertThat(EncryptionFile.writingKeys(introduction, "secrets"))
        .isEqualTo(EncryptionFile.keys(first, "secrets"));
    assertThat(EncryptionFile.keys(introduction, "secrets")).hasSize(3);
  }

  @Test
  void whoCanReadAllThatIsToBeWrittenNeedsNoIntroduction() {
    wanted(secrets(FIRST)).save();
    assertThat(wanted(secrets(FIRST)).introduction()).as("in a new cluster").isEmpty();
    wanted(secrets(FIRST)).finish();

    wanted(EncryptionTest::off).save();
    assertThat(wanted(EncryptionTest::off).introduction()).as("to plain Secrets").isEmpty();
  }

  @Test
  void ofOldKeysOnlyTheLastIsKept() {
    wanted(GENERATED).save();
    Secret first = memory().encryption().configuration();
    for (int round = 0; round < 2; round++) {
      wanted(GENERATED).finish();
      wanted(renewed(Instant.now())).save();
    }
    assertThat(keys(memory().encryption().configuration()))
        .hasSize(2)
        .doesNotContainAnyElementsOf(keys(first));
  }

  @Test
  void noKeyGoesBeforeEverySecretIsWrittenWithAnother() {
    wanted(GENERATED).save();
    wanted(GENERATED).finish();
    Secret first = memory().encryption().configuration();
    wanted(renewed(Instant.now())).save();
    wanted(renewed(Instant.now())).save();

    assertThat(keys(memory().encryption().configuration())).hasSize(3).containsAll(keys(first));

    wanted(GENERATED).finish();
    wanted(renewed(Instant.now())).save();

    assertThat(keys(memory().encryption().configuration()))
        .hasSize(2)
        .doesNotContainAnyElementsOf(keys(first));
  }

  @Test
  void aChangeThatLosesTheKeyOfSecretsIsRefused() {
    wanted(secrets(FIRST)).save();
    wanted(secrets(FIRST)).finish();

    for (Consumer<KubeApiBuilder> losing :
        List.<Consumer<KubeApiBuilder>>of(GENERATED, secrets(SECOND))) {
      assertThatThrownBy(() -> wanted(losing).check())
          .isInstanceOf(InvalidSpecException.class)
          .hasMessageContaining("lacks a key")
          .hasMessageNotContaining("c2Vj");
    }
    assertThatCode(() -> wanted(secrets(SECOND, FIRST)).check()).doesNotThrowAnyException();
    assertThatCode(() -> wanted(EncryptionTest::off).check()).doesNotThrowAnyException();
  }

  @Test
  void anOldKeyMayGoOnceEverySecretIsWrittenWithTheNewOne() {
    wanted(secrets(SECOND, FIRST)).save();
    assertThatThrownBy(() -> wanted(secrets(SECOND)).check()).hasMessageContaining("lacks a key");

    wanted(secrets(SECOND, FIRST)).finish();
    assertThatCode(() -> wanted(secrets(SECOND)).check()).doesNotThrowAnyException();
  }

  @Test
  void aResourceThatIsEncryptedKeepsItsKeyAlthoughOthersHaveIt() {
    wanted(custom(entry("secrets", FIRST))).save();
    String other = entry("configmaps, deployments.apps", SECOND);
    wanted(custom(entry("secrets", FIRST), other)).save();
    wanted(custom(entry("secrets", FIRST), other)).finish();

    assertThat(wanted(custom(entry("secrets", FIRST), other)).resources())
        .containsExactlyInAnyOrder("secrets", "configmaps", "deployments.apps");
    assertThatThrownBy(() -> wanted(custom(entry("secrets", FIRST, SECOND))).check())
        .hasMessageContaining("lacks a key that configmaps in the cluster are encrypted with")
        .hasMessageContaining("lacks a key that deployments.apps");
    assertThatCode(() -> wanted(custom(entry("secrets", FIRST), entry("'*.*'", SECOND))).check())
        .doesNotThrowAnyException();
  }

  @Test
  void aKeyThatOnlyAWildcardStillHasDoesNotCountForWhatIsNamedBeforeIt() {
    wanted(custom(entry("'*.*'", FIRST))).save();
    wanted(custom(entry("'*.*'", FIRST))).finish();

    assertThatThrownBy(
            () -> wanted(custom(entry("secrets", SECOND), entry("'*.*'", SECOND, FIRST))).check())
        .hasMessageContaining("lacks a key that secrets in the cluster are encrypted with");
  }

  @Test
  void whatIsNotEncryptedYetCanStillBeRead() {
    Consumer<KubeApiBuilder> without = custom(only("secrets", FIRST));
    assertThatCode(() -> wanted(without).check())
        .as("in a cluster that has never run")
        .doesNotThrowAnyException();
    memory().finish(cluster(EncryptionTest::off), Set.of());

    assertThatThrownBy(() -> wanted(without).check())
        .hasMessageContaining("cannot read secrets in the cluster, which may not be encrypted")
        .hasMessageContaining("add the provider identity");
    wanted(secrets(FIRST)).save();
    assertThatThrownBy(() -> wanted(without).check())
        .as("as long as not all is written")
        .hasMessageContaining("cannot read secrets");
    wanted(secrets(FIRST)).finish();
    assertThatCode(() -> wanted(without).check()).doesNotThrowAnyException();
    assertThatThrownBy(
            () -> wanted(custom(entry("secrets", FIRST), only("configmaps", FIRST))).check())
        .hasMessageContaining("cannot read configmaps");
  }

  private void issueCertificates() {
    CertificateBundle.Entry any = new CertificateBundle.Entry("", Secret.of(""));
    memory().remember(cluster(EncryptionTest::off), new CertificateBundle(Map.of("kube-ca", any)));
  }

  private static Consumer<KubeApiBuilder> renewed(Instant madeBefore) {
    return GENERATED.andThen(a -> a.renewEncryptionKey(madeBefore));
  }

  private static Set<Secret> keys(Secret configuration) {
    Set<Secret> keys = new HashSet<>(EncryptionFile.keys(configuration, "secrets"));
    keys.remove(EncryptionFile.PLAIN);
    return keys;
  }

  private Encryption wanted(Consumer<KubeApiBuilder> features) {
    return new Encryption(cluster(features), memory());
  }

  private ClusterMemory memory() {
    return new ClusterMemory(
        DirectoryStateStore.at(folder.resolve("state")), "c1", Clock.systemUTC());
  }

  private static Consumer<KubeApiBuilder> secrets(String... providers) {
    return custom(entry("secrets", providers));
  }

  private static Consumer<KubeApiBuilder> custom(String... entries) {
    return a ->
        a.encryptSecrets(
            Secret.of(
                "apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\n"
                    + "resources:\n"
                    + String.join("", entries)));
  }

  private static String entry(String resources, String... providers) {
    return only(resources, providers) + "  - identity: {}\n";
  }

  /** Without the provider that reads what is not encrypted. */
  private static String only(String resources, String... providers) {
    return "- resources: ["
        + resources
        + "]\n  providers:\n  - "
        + String.join("\n  - ", providers)
        + "\n";
  }

  private static Resolved cluster(Consumer<KubeApiBuilder> features) {
    return Clusters.of(
        spec ->
            spec.services(s -> s.apiServer(features))
                .node("n1", n -> n.address("192.0.2.1").user("rke").roles(Role.values())));
  }
}
