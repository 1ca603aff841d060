package io.rke4j.core.state;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rke4j.api.cluster.KubernetesVersion;
import io.rke4j.api.cluster.NodeName;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.Taint;
import io.rke4j.core.document.EncryptionFile;
import io.rke4j.core.kube.RkeAddons;
import io.rke4j.core.pki.CertificateBundle;
import io.rke4j.core.pki.CertificateBundle.Entry;
import io.rke4j.core.pki.Certificates;
import io.rke4j.spi.state.StateStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state file that RKE keeps beside its configuration ({@code cluster.rkestate}), so that
 * a cluster that RKE built can be taken over with the keys it has. Passwords and SSH keys in the
 * file are not taken along.
 */
public final class RkeStateFile {

  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final JsonNode state;
  private final JsonNode config;

  private RkeStateFile(Path file, JsonNode state) {
    this.file = file;
    this.state = state;
    this.config = state.path("rkeConfig");
  }

  /**
   * What is to be remembered of RKE's cluster: what its last complete run reached, or, before the
   * first one, what it was about to do.
   *
   * @throws StateStoreException if the file cannot be read, or holds no cluster
   */
  public static ClusterRecord read(Path file) {
    try {
      JsonNode document = JSON.readTree(Files.readString(file));
      JsonNode current = document.path("currentState");
      boolean reached = !current.path("certificatesBundle").isEmpty();
      Instant written = Files.getLastModifiedTime(file).toInstant();
      return new RkeStateFile(file, reached ? current : document.path("desiredState"))
          .record(reached, written);
    } catch (JacksonException e) {
      throw unreadable(file, JsonPlace.of(e), null);
    } catch (IOException e) {
      throw unreadable(file, e.toString(), e);
    } catch (IllegalArgumentException e) {
      throw unreadable(file, String.valueOf(e.getMessage()), e);
    }
  }

  private ClusterRecord record(boolean established, Instant written) {
    List<NodeRecord> nodes = new ArrayList<>();
    config.path("nodes").forEach(node -> nodes.add(node(node)));
    return new ClusterRecord(
        required(config, "clusterName"),
        new KubernetesVersion(required(config, "kubernetesVersion")),
        nodes,
        certificates(),
        // Which of them there are is seen in the cluster.
        RkeAddons.REMOVABLE,
        written,
        written,
        established,
        encryption());
  }

  private EncryptionRecord encryption() {
    String text = state.path("encryptionConfig").asText("");
    JsonNode wanted = config.path("services").path("kubeApi").path("secretsEncryptionConfig");
    if (text.isBlank()) {
      return EncryptionRecord.NONE;
    }
    EncryptionRecord begun =
        EncryptionRecord.begin(Secret.of(text), wanted.path("customConfig").isEmpty());
    // RKE writes Secrets anew, and nothing else.
    Set<String> encrypted = EncryptionFile.resourceNames(begun.configuration());
    return encrypted.equals(Set.of(EncryptionFile.SECRETS)) ? begun.finished() : begun.knownToAll();
  }

  private CertificateBundle certificates() {
    Map<String, Entry> entries = new HashMap<>();
    state
        .path("certificatesBundle")
        .properties()
        .forEach(
            named -> {
              String certificate = named.getValue().path("certificatePEM").asText("");
              Secret key = Secret.of(named.getValue().path("keyPEM").asText(""));
              if (!certificate.isBlank()) {
                entries.put(named.getKey(), new Entry(certificate, key));
              }
            });
    Entry apiServer = entries.get(Certificates.API_SERVER);
    if (apiServer == null) {
      throw unreadable(file, "it holds no certificates of a cluster", null);
    }
    // Where RKE kept no key for tokens, they were signed with the API server's; another key would
    // void them all.
    entries.putIfAbsent(Certificates.SERVICE_ACCOUNT, apiServer);
    return new CertificateBundle(entries);
  }

  private NodeRecord node(JsonNode node) {
    String address = required(node, "address");
    Set<Role> roles = EnumSet.noneOf(Role.class);
    node.path("role").forEach(label -> roles.add(Document.role(label.asText())));
    Map<String, String> labels = new HashMap<>();
    node.path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    List<Taint> taints = new ArrayList<>();
    node.path("taints").forEach(taint -> taints.add(taint(taint)));
    return new NodeRecord(
        NodeName.of(text(node, "hostnameOverride", address)),
        address,
        text(node, "internalAddress", address),
        roles,
        labels,
        taints);
  }

  private Taint taint(JsonNode taint) {
    return new Taint(
        required(taint, "key"),
        taint.path("value").asText(""),
        Document.effect(required(taint, "effect")));
  }

  private String required(JsonNode node, String field) {
    String text = node.path(field).asText("");
    if (text.isEmpty()) {
      throw unreadable(file, "it names no " + field, null);
    }
    return text;
  }

  private static String text(JsonNode node, String field, String otherwise) {
    String text = node.path(field).asText("");
    return text.isEmpty() ? otherwise : text;
  }

  private static StateStoreException unreadable(Path file, String why, @Nullable Exception cause) {
    return new StateStoreException(
        "RKE's state file " + file + " cannot be read: " + why,
        "Give the .rkestate file that RKE wrote at its last run",
        cause);
  }
}
