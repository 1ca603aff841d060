package io.rke4j.core.kube;

import io.rke4j.api.cluster.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Writes kubeconfig files. */
public final class KubeConfig {

  /** Where a node reaches the API server: its own one, or the proxy in front of all of them. */
  public static final String LOCAL_SERVER = "https://127.0.0.1:6443";

  private static final String FORM =
      """
      apiVersion: v1
      kind: Config
      clusters:
      - name: "%1$s"
        cluster:
          server: "%2$s"
          certificate-authority%3$s: "%4$s"
      users:
      - name: "%5$s"
        user:
          client-certificate%3$s: "%6$s"
          client-key%3$s: "%7$s"
      contexts:
      - name: "%1$s"
        context:
          cluster: "%1$s"
          user: "%5$s"
      current-context: "%1$s"
      """;

  private KubeConfig() {}

  /**
   * For a component on a node. It refers to files on that node, so it holds no secret.
   *
   * @param component the component's certificate, for example {@code kube-node}
   * @param authorityFile where the authority's certificate lies
   * @param certificateFile where the component's certificate lies
   * @param keyFile where the component's key lies
   */
  public static String forComponent(
      String component, String authorityFile, String certificateFile, String keyFile) {
    return FORM.formatted(
        "local", LOCAL_SERVER, "", authorityFile, component + "-local", certificateFile, keyFile);
  }

  /**
   * For the administrator, with everything inside.
   *
   * @param cluster the cluster's name; also the name of the context
   * @param server where the API server answers, for example {@code https://10.0.0.1:6443}
   * @param authorityPem the authority's certificate
   * @param certificatePem the administrator's certificate
   * @param key the administrator's key
   */
  public static Secret forAdministrator(
      String cluster, String server, String authorityPem, String certificatePem, Secret key) {
    return Secret.of(
        FORM.formatted(
            cluster,
            server,
            "-data",
            base64(authorityPem),
            "kube-admin-" + cluster,
            base64(certificatePem),
            base64(key.reveal())));
  }

  /**
   * Whether two files say the same, however they are laid out. RKE adds to a cluster an {@code
   * api-version} that nothing reads; it makes no difference here.
   */
  public static boolean saysTheSame(String one, String other) {
    try {
      return Objects.equals(parse(one), parse(other));
    } catch (YAMLException | IllegalArgumentException e) {
      return false;
    }
  }

  private static @Nullable Object parse(String text) {
    Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    if (document instanceof Map<?, ?> config && config.get("clusters") instanceof List<?> all) {
      for (Object named : all) {
        if (named instanceof Map<?, ?> entry && entry.get("cluster") instanceof Map<?, ?> cluster) {
          cluster.remove("api-version");
        }
      }
    }
    return document;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
