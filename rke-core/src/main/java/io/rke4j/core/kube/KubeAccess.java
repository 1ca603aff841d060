package io.rke4j.core.kube;

import io.fabric8.kubernetes.client.Config;
import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.ProviderException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What the current context of a kubeconfig says. Only what stands in the text itself is used:
 * nothing is read from files, the environment or the home directory.
 */
final class KubeAccess {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Map<?, ?> cluster;
  private final Map<?, ?> user;

  private KubeAccess(Map<?, ?> cluster, Map<?, ?> user) {
    this.cluster = cluster;
    this.user = user;
  }

  static KubeAccess of(Secret kubeconfig) {
    Map<?, ?> root = parse(kubeconfig);
    Map<?, ?> context = named(root, "contexts", "context", text(root, "current-context"));
    return new KubeAccess(
        named(root, "clusters", "cluster", text(context, "cluster")),
        named(root, "users", "user", text(context, "user")));
  }

  /** The address of the API server, without a slash at its end. */
  String server() {
    String server = text(cluster, "server");
    if (!server.startsWith("https://")) {
      throw refused("its server is not an https address");
    }
    return server.replaceAll("/+$", "");
  }

  Config config(Duration requestTimeout) {
    if (Boolean.TRUE.equals(cluster.get("insecure-skip-tls-verify"))) {
      throw refused("it asks not to verify the server's certificate");
    }
    Config config = Config.empty();
    config.setMasterUrl(server());
    config.setCaCertData(text(cluster, "certificate-authority-data"));
    config.setClientCertData(optional(user, "client-certificate-data"));
    config.setClientKeyData(optional(user, "client-key-data"));
    // A key in PKCS#8 is taken for one of RSA unless somebody says otherwise.
    client().ifPresent(own -> config.setClientKeyAlgo(own.getPublicKey().getAlgorithm()));
    config.setOauthToken(optional(user, "token"));
    config.setConnectionTimeout((int) CONNECT.toMillis());
    config.setRequestTimeout((int) requestTimeout.toMillis());
    // Repeating a request is decided by whoever knows what it does.
    config.setRequestRetryBackoffLimit(0);
    // One connection per request in flight is plenty, and HTTP/1.1 starts faster.
    config.setHttp2Disable(true);
    return config;
  }

  /** Whether the certificate by which it is known there who asks has ended by then. */
  boolean hasEnded(Instant now) {
    return client().filter(own -> !own.getNotAfter().toInstant().isAfter(now)).isPresent();
  }

  /** The certificate by which it is known who asks, if there is one that can be read. */
  private Optional<X509Certificate> client() {
    try {
      String data = optional(user, "client-certificate-data");
      return data == null ? Optional.empty() : Optional.of(certificate(data));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Whoever opens the API with it says so.
      return Optional.empty();
    }
  }

  /** Whether a certificate is of the authority that is trusted. */
  boolean hasSigned(X509Certificate other) {
    try {
      other.verify(certificate(text(cluster, "certificate-authority-data")).getPublicKey());
      return true;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static X509Certificate certificate(String data) throws GeneralSecurityException {
    byte[] pem = Base64.getMimeDecoder().decode(data);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }

  private static Map<?, ?> parse(Secret kubeconfig) {
    try {
      Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(kubeconfig.reveal());
      return root instanceof Map<?, ?> map ? map : Map.of();
    } catch (YAMLException | IllegalArgumentException e) {
      // The parser's message quotes the text, which holds a key.
      throw refused("it is not YAML");
    }
  }

  private static Map<?, ?> named(Map<?, ?> root, String list, String part, String name) {
    Object entries = root.get(list);
    for (Object entry : entries instanceof List<?> all ? all : List.of()) {
      if (entry instanceof Map<?, ?> map
          && name.equals(map.get("name"))
          && map.get(part) instanceof Map<?, ?> found) {
        return found;
      }
    }
    throw refused("it has no entry '" + name + "' under " + list);
  }

  private static String text(Map<?, ?> map, String key) {
    String value = optional(map, key);
    if (value == null) {
      throw refused("it has no " + key);
    }
    return value;
  }

  private static @Nullable String optional(Map<?, ?> map, String key) {
    return map.get(key) instanceof String value && !value.isEmpty() ? value : null;
  }

  private static ProviderException refused(String why) {
    return ProviderException.permanentFailure(
        "the kubeconfig cannot be used: " + why,
        "Give a kubeconfig with certificates embedded as *-data.",
        null);
  }
}
