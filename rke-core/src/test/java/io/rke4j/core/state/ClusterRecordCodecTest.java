package io.rke4j.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.NodeSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.Taint;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.pki.CertificateBundle.Entry;
import io.rke4j.core.pki.Clusters;
import io.rke4j.core.state.NodeRecord.Standing;
import io.rke4j.spi.state.StateStoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ClusterRecordCodecTest {

  private static final Instant CREATED = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant UPDATED = Instant.parse("2026-11-22T12:01:30.5Z");
  private static final CertificateBundle KEYS =
      new CertificateBundle(
          Map.of(
              "kube-ca", new Entry("certificate 1", Secret.of("MARKER 1\nline 2")),
              "kube-node", new Entry("certificate 2", Secret.of(""))));
  private static final Resolved CLUSTER = Clusters.of(ClusterRecordCodecTest::nodes);
  private static final ClusterRecord RECORD =
      ClusterRecord.first(CLUSTER, KEYS, Set.of(), CREATED)
          .reached(CLUSTER, Set.of("rke-network-plugin", "coredns"), UPDATED);

  private static void nodes(ClusterSpec.Builder spec) {
    spec.node(
        "node-a",
        node ->
            node.address("a.example.test")
                .internalAddress("10.0.0.1")
                .user("root")
                .sshKey(Secret.of("MARKER ssh"))
                .roles(Role.ETCD, Role.CONTROL_PLANE));
    spec.node(
        "node-b",
        node ->
            node.address("10.0.0.2")
                .user("root")
                .roles(Role.WORKER)
                .label("tier", "web")
                .taint("dedicated", "web", Taint.Effect.NO_EXECUTE));
  }

  private static final NodeRecord MADE =
      new NodeRecord(
          NodeName.of("w-1"),
          "10.0.0.1",
          "10.0.0.1",
          Set.of(Role.WORKER),
          Map.of(),
          List.of(),
          true);

  @Test
  void thatAMachineWasMadeIsRememberedAndOlderDocumentsKnowOfNone() {
    NodeRecord host =
        new NodeRecord(
            NodeName.of("w-1"), "10.0.0.1", "10.0.0.1", Set.of(Role.WORKER), Map.of(), List.of());
    ClusterRecord known = with(MADE);

    assertThat(ClusterRecordCodec.read(ClusterRecordCodec.write(known))).isEqualTo(known);
    assertThat(ClusterRecordCodec.write(known).reveal()).contains("\"formatVersion\" : 3");
    assertThat(ClusterRecordCodec.write(known).reveal()).doesNotContain("standing");
    Secret older = ClusterRecordCodec.write(with(host));
    assertThat(older.reveal()).contains("\"formatVersion\" : 1").doesNotContain("made");
    assertThat(ClusterRecordCodec.read(older).nodes()).containsExactly(host);
    assertThat(MADE.mayLeave()).isTrue();
    assertThat(host.mayLeave()).isFalse();
  }

  @Test
  void howFarTheReplacementOfANodeIsIsRememberedOnlyWhileItLasts() {
    for (Standing standing : List.of(Standing.CONDEMNED, Standing.AWAITED)) {
      ClusterRecord known = with(MADE.with(standing));
      Secret document = ClusterRecordCodec.write(known);

      assertThat(document.reveal()).contains("\"formatVersion\" : 4");
      assertThat(ClusterRecordCodec.read(document)).isEqualTo(known);
      assertThat(known.withStanding(Set.of(MADE.name()), Standing.MEMBER, known.updated()))
          .isEqualTo(with(MADE));
    }
  }

  @Test
  void whatARunIsAboutToMakeIsRememberedOnlyUntilItEnds() {
    ClusterRecord before = with(MADE);
    ClusterRecord during = before.expecting(CLUSTER, Set.of("coredns"), UPDATED);
    Secret document = ClusterRecordCodec.write(during);

    assertThat(document.reveal()).contains("\"formatVersion\" : 6");
    assertThat(ClusterRecordCodec.read(document)).isEqualTo(during);
    assertThat(during.nodes()).hasSize(1 + CLUSTER.nodes().size()).contains(MADE);
    assertThat(during.nodes().stream().filter(node -> node.standing() == Standing.COMING))
        .hasSize(CLUSTER.nodes().size());
    assertThat(during.reached(CLUSTER, Set.of("coredns"), UPDATED))
        .isEqualTo(before.reached(CLUSTER, Set.of("coredns"), UPDATED));
  }

  @Test
  void labelsAndTaintsOfBeforeCountUntilARunHasTakenThemAway() {
    ClusterRecord known = RECORD.expecting(plainNodes(), Set.of(), UPDATED);

    assertThat(known.nodes()).isEqualTo(RECORD.nodes());
    assertThat(known.reached(plainNodes(), Set.of(), UPDATED).nodes())
        .allSatisfy(node -> assertThat(node.labels()).isEmpty());
  }

  private static Resolved plainNodes() {
    return new Resolved(
        CLUSTER.spec(),
        CLUSTER.release(),
        CLUSTER.nodes().stream().map(ClusterRecordCodecTest::plain).toList());
  }

  private static ClusterNode plain(ClusterNode node) {
    NodeSpec spec = node.spec();
    return new ClusterNode(
        new NodeSpec(spec.name(), spec.roles(), spec.machine(), Map.of(), List.of()),
        node.address(),
        node.internalAddress());
  }

  private static ClusterRecord with(NodeRecord node) {
    return new ClusterRecord(
        "c1",
        new KubernetesVersion("v1.20.15-rancher2-1"),
        List.of(node),
        CertificateBundle.EMPTY,
        Set.of(),
        Instant.EPOCH,
        Instant.EPOCH,
        true,
        EncryptionRecord.NONE);
  }

  @Test
  void anOlderVersionReadsWhatNeedsNoNewerOne() {
    assertThat(ClusterRecordCodec.write(RECORD).reveal())
        .contains("\"formatVersion\" : 1")
        .doesNotContain("encryption");
  }

  @Test
  void theKeyOfSecretsIsKeptAndNeverPrinted() {
    ClusterRecord encrypted =
        RECORD.withEncryption(
            EncryptionRecord.begin(Secret.of("MARKER encryption"), true), UPDATED);
    Secret document = ClusterRecordCodec.write(encrypted);

    assertThat(document.reveal()).contains("\"formatVersion\" : 2", "MARKER encryption");
    assertThat(ClusterRecordCodec.read(document)).isEqualTo(encrypted);
    assertThat(encrypted.toString()).doesNotContain("MARKER");
  }

  @Test
  void theAgeOfAKeyIsKeptAndKeysOfOlderDocumentsHaveNone() {
    ClusterRecord known =
        RECORD.withEncryption(EncryptionRecord.begin(Secret.of("MARKER key"), UPDATED), UPDATED);
    Secret document = ClusterRecordCodec.write(known);

    assertThat(document.reveal()).contains("\"formatVersion\" : 5", "keyMade");
    assertThat(ClusterRecordCodec.read(document)).isEqualTo(known);
    Secret older =
        ClusterRecordCodec.write(
            RECORD.withEncryption(EncryptionRecord.begin(Secret.of("k"), true), UPDATED));
    assertThat(older.reveal()).doesNotContain("keyMade");
    assertThat(ClusterRecordCodec.read(older).encryption().keyMade()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void howSecretsWereEncryptedBeforeIsKeptUntilAllAreWritten() {
    EncryptionRecord former = EncryptionRecord.begin(Secret.of("MARKER old"), true).finished();
    EncryptionRecord next = EncryptionRecord.begin(Secret.of("MARKER new"), true).following(former);
    Secret document = ClusterRecordCodec.write(RECORD.withEncryption(next, UPDATED));

    assertThat(document.reveal()).contains("\"formatVersion\" : 7", "MARKER old");
    assertThat(ClusterRecordCodec.read(document).encryption()).isEqualTo(next);
    assertThat(ClusterRecordCodec.write(RECORD.withEncryption(next.finished(), UPDATED)).reveal())
        .contains("\"formatVersion\" : 2")
        .doesNotContain("MARKER old");
  }

  @Test
  void whatIsWrittenIsRead() {
    assertThat(ClusterRecordCodec.read(ClusterRecordCodec.write(RECORD))).isEqualTo(RECORD);
  }

  @Test
  void theDocumentNeverHoldsAnSshKey() {
    assertThat(ClusterRecordCodec.write(RECORD).reveal())
        .contains("MARKER 1\\nline 2", "\"formatVersion\" : 1", "\"controlplane\"")
        .doesNotContain("MARKER ssh");
  }

  @Test
  void theFirstRecordKnowsKeysAndNodesButNoAddons() {
    ClusterRecord first = ClusterRecord.first(CLUSTER, KEYS, Set.of(), CREATED);
    assertThat(first.addons()).isEmpty();
    assertThat(first.nodes())
        .extracting(NodeRecord::internalAddress)
        .containsExactly("10.0.0.1", "10.0.0.2");
    assertThat(first.withCertificates(CertificateBundle.EMPTY, UPDATED).created())
        .isEqualTo(CREATED);
  }

  @Test
  void aNewerFormatIsRefusedByName() {
    String newer = text().replace("\"formatVersion\" : 1", "\"formatVersion\" : 8");
    assertThatThrownBy(() -> read(newer))
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("has format 8; this version of the library reads up to 7");
  }

  @Test
  void aDamagedDocumentIsRefusedByPlaceAndWithoutQuotingIt() {
    expect(() -> read(text().substring(0, text().length() / 2)), "in line ");
    expect(() -> read("{\"formatVersion\": 1, \"x\": MARKER}"), "in line 1, column");
    expect(() -> read("{\"formatVersion\": 1, \"cluster\": \"MARKER"), "in line 1, column");
    expect(() -> read("{}"), "does not name its format");
    expect(() -> read("[]"), "does not name its format");
    expect(() -> read(""), "does not name its format");
    expect(() -> read(text().replace("\"cluster\"", "\"clusters\"")), " at cluster");
    expect(() -> read(text().replace("{\n  \"format", "{ \"x\": 1,\n  \"format")), " at x");
    expect(
        () -> read(text().replace("\"MARKER 1\\nline 2\"", "[\"MARKER\"]")),
        "certificates.kube-ca.key");
    expect(() -> read(text().replace("\"MARKER 1\\nline 2\"", "null")), "certificates.kube-ca");
    expect(() -> read(text().replace("\"worker\"", "\"wroker\"")), "'wroker' is not a role");
    expect(() -> read(text().replace("2026-11-22T12:00:00Z", "today")), "today");
    expect(() -> read(text() + "{}"), "");
  }

  @Test
  void aRecordPrintsNoKey() {
    assertThat(RECORD + "\n" + Document.of(RECORD) + "\n" + ClusterRecordCodec.write(RECORD))
        .doesNotContain("MARKER");
  }

  private static void expect(ThrowingCallable call, String text) {
    assertThatThrownBy(call)
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("the state document cannot be read: ")
        .hasMessageContaining(text)
        .satisfies(
            thrown -> {
              StringWriter trace = new StringWriter();
              thrown.printStackTrace(new PrintWriter(trace, true));
              assertThat(trace.toString()).doesNotContain("MARKER");
            });
  }

  private static String text() {
    return ClusterRecordCodec.write(RECORD).reveal();
  }

  private static ClusterRecord read(String text) {
    return ClusterRecordCodec.read(Secret.of(text));
  }
}
