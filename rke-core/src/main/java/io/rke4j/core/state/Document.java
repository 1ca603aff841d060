package io.rke4j.core.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.Taint;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.pki.CertificateBundle.Entry;
import io.rke4j.core.state.NodeRecord.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The shape of a {@link ClusterRecord} in JSON: only texts, so that no renamed class or constant
 * changes what older documents mean.
 */
record Document(
    @JsonProperty("formatVersion") int formatVersion,
    @JsonProperty("cluster") String cluster,
    @JsonProperty("kubernetesVersion") String kubernetesVersion,
    @JsonProperty("nodes") List<Node> nodes,
    @JsonProperty("addons") List<String> addons,
    @JsonProperty("created") String created,
    @JsonProperty("updated") String updated,
    @JsonProperty("established") boolean established,
    @JsonProperty("certificates") Map<String, Certificate> certificates,
    @JsonProperty(ENCRYPTION) Encryption encryption) {

  /** The newest format: the sixth one, and how Secrets were encrypted before. */
  static final int FORMAT_VERSION = 7;

  /** The fifth one, and which nodes are just coming. */
  static final int WITHOUT_BEFORE = 6;

  /** The fourth one, and when the key of Secrets was made. */
  static final int WITHOUT_COMING = 5;

  /** The third one, and which nodes are just being replaced. */
  static final int WITHOUT_KEY_MADE = 4;

  /** The second one, and which machines were made. */
  static final int WITHOUT_STANDING = 3;

  /** The first one, and how Secrets are encrypted. */
  static final int WITHOUT_MADE = 2;

  static final String MADE = "made";

  static final String STANDING = "standing";

  static final String ENCRYPTION = "encryption";

  static final String KEY_MADE = "keyMade";

  static final String BEFORE = "before";

  record Encryption(
      @JsonProperty("configuration") Secret configuration,
      @JsonProperty("generated") boolean generated,
      @JsonProperty("decrypting") boolean decrypting,
      @JsonProperty("rewritten") boolean rewritten,
      @JsonProperty(KEY_MADE) String keyMade,
      @JsonProperty(BEFORE) Secret before) {

    static Encryption of(EncryptionRecord record) {
      return new Encryption(
          record.configuration(),
          record.generated(),
          record.decrypting(),
          record.rewritten(),
          record.keyMade().toString(),
          record.before());
    }
  }

  record Node(
      @JsonProperty("name") String name,
      @JsonProperty("address") String address,
      @JsonProperty("internalAddress") String internalAddress,
      @JsonProperty("roles") List<String> roles,
      @JsonProperty("labels") Map<String, String> labels,
      @JsonProperty("taints") List<NodeTaint> taints,
      @JsonProperty(MADE) boolean made,
      @JsonProperty(STANDING) String standing) {}

  record NodeTaint(
      @JsonProperty("key") String key,
      @JsonProperty("value") String value,
      @JsonProperty("effect") String effect) {}

  record Certificate(
      @JsonProperty("certificate") String certificate, @JsonProperty("key") Secret key) {}

  static Document of(ClusterRecord record) {
    Map<String, Certificate> certificates = new LinkedHashMap<>();
    record
        .certificates()
        .entries()
        .forEach(
            (name, entry) ->
                certificates.put(name, new Certificate(entry.certificatePem(), entry.key())));
    return new Document(
        FORMAT_VERSION,
        record.cluster(),
        record.version().value(),
        record.nodes().stream().map(Document::of).toList(),
        List.copyOf(record.addons()),
        record.created().toString(),
        record.updated().toString(),
        record.established(),
        certificates,
        Encryption.of(record.encryption()));
  }

  ClusterRecord toRecord() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    certificates.forEach(
        (name, pair) -> entries.put(name, new Entry(pair.certificate(), pair.key())));
    return new ClusterRecord(
        cluster,
        new KubernetesVersion(kubernetesVersion),
        nodes.stream().map(Document::toRecord).toList(),
        new CertificateBundle(entries),
        new LinkedHashSet<>(addons),
        Instant.parse(created),
        Instant.parse(updated),
        established,
        new EncryptionRecord(
            encryption.configuration(),
            encryption.generated(),
            encryption.decrypting(),
            encryption.rewritten(),
            Instant.parse(encryption.keyMade()),
            encryption.before()));
  }

  /** A role by the name that labels use. */
  static Role role(String label) {
    for (Role role : Role.values()) {
      if (role.label().equals(label)) {
        return role;
      }
    }
    throw new IllegalArgumentException("'" + label + "' is not a role");
  }

  /** An effect by Kubernetes' name. */
  static Taint.Effect effect(String name) {
    for (Taint.Effect effect : Taint.Effect.values()) {
      if (effect.kubernetesName().equals(name)) {
        return effect;
      }
    }
    throw new IllegalArgumentException("'" + name + "' is not the effect of a taint");
  }

  static String label(Standing standing) {
    return standing.name().toLowerCase(Locale.ROOT);
  }

  private static Standing standing(String label) {
    for (Standing standing : Standing.values()) {
      if (label(standing).equals(label)) {
        return standing;
      }
    }
    throw new IllegalArgumentException("'" + label + "' is no standing of a node");
  }

  private static Node of(NodeRecord node) {
    List<NodeTaint> taints = new ArrayList<>();
    for (Taint taint : node.taints()) {
      taints.add(new NodeTaint(taint.key(), taint.value(), taint.effect().kubernetesName()));
    }
    return new Node(
        node.name().value(),
        node.address(),
        node.internalAddress(),
        node.roles().stream().map(Role::label).toList(),
        node.labels(),
        taints,
        node.made(),
        label(node.standing()));
  }

  private static NodeRecord toRecord(Node node) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    node.roles().forEach(label -> roles.add(role(label)));
    return new NodeRecord(
        new NodeName(node.name()),
        node.address(),
        node.internalAddress(),
        roles,
        node.labels(),
        node.taints().stream()
            .map(taint -> new Taint(taint.key(), taint.value(), effect(taint.effect())))
            .toList(),
        node.made(),
        standing(node.standing()));
  }
}
