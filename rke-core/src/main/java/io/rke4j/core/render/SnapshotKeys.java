package io.rke4j.core.render;

import io.rke4j.api.cluster.EtcdSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.SnapshotBucket;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.spi.runtime.HostFile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The login with which snapshots are copied to a bucket. RKE hands it to the container in arguments
 * or variables, for all who may inspect containers; here it lies in a file for root, from which the
 * container's shell gives it to the tool.
 */
public final class SnapshotKeys {

  /** Where it lies on an etcd host. */
  public static final String PATH = "/etc/kubernetes/etcd-snapshots-s3";

  private static final String READ_THEM = "set -a && . " + PATH + " && exec \"$0\" \"$@\"";

  /** Since this version the tool takes keys in base64 (rancher/rke-tools 68f8d21). */
  private static final int FIRST_WITH_BASE64 = 73;

  private static final Pattern VERSION = Pattern.compile("v0\\.1\\.([0-9]{1,6})(-.*)?");

  private SnapshotKeys() {}

  /** The file, on a host that needs it. */
  static Optional<HostFile> file(Resolved cluster, ClusterNode node) {
    return keys(cluster)
        .filter(keys -> node.has(Role.ETCD))
        .map(keys -> ConfigFiles.file(PATH, text(keys, cluster.image(SystemImage.ALPINE).tag())));
  }

  /** What must come before a program and its arguments, so that it gets the login. */
  static List<String> given(Resolved cluster) {
    return keys(cluster).isPresent() ? List.of("/bin/sh", "-c", READ_THEM) : List.of();
  }

  private static Optional<SnapshotBucket.Keys> keys(Resolved cluster) {
    EtcdSpec etcd = cluster.spec().services().etcd();
    return etcd.bucket().filter(bucket -> etcd.snapshots().enabled()).flatMap(SnapshotBucket::keys);
  }

  private static Secret text(SnapshotBucket.Keys keys, String tag) {
    return Secret.of(
        "S3_ACCESS_KEY="
            + word(keys.accessKey(), tag)
            + "\nS3_SECRET_KEY="
            + word(keys.secretKey(), tag));
  }

  private static String word(Secret key, String tag) {
    Matcher version = VERSION.matcher(tag);
    boolean plain = version.matches() && Integer.parseInt(version.group(1)) < FIRST_WITH_BASE64;
    return plain ? quoted(key.reveal()) : quoted(base64(key.reveal()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** One word of a shell, whatever is in it. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
