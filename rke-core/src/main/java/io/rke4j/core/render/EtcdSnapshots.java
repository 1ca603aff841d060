package io.rke4j.core.render;

import io.rke4j.api.cluster.EtcdSpec;
import io.rke4j.api.cluster.SnapshotBucket;
import io.rke4j.api.cluster.SnapshotSchedule;
import io.rke4j.api.cluster.SystemImage;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.pki.Certificates;
import io.rke4j.core.pki.NodeFiles;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.EngineFacts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Saves etcd again and again into a folder of its host, and into a bucket if there is one. */
public record EtcdSnapshots() implements ContainerRenderer {

  /** The container's name on a host. */
  public static final String NAME = "etcd-rolling-snapshots";

  @Override
  public ContainerSpec render(Resolved cluster, ClusterNode node, EngineFacts engine) {
    EtcdSpec etcd = cluster.spec().services().etcd();
    return HostMounts.admit(
            ContainerSpec.named(NAME, cluster.image(SystemImage.ALPINE)), cluster, engine)
        .command(SnapshotKeys.given(cluster))
        .command(List.of("/opt/rke-tools/rke-etcd-backup", "etcd-backup", "save"))
        .command(List.of("--cacert", NodeFiles.certificate(Certificates.CA)))
        .command(List.of("--cert", NodeFiles.certificate(Certificates.NODE)))
        .command(List.of("--key", NodeFiles.key(Certificates.NODE)))
        .command(List.of("--name", NAME))
        .command(List.of("--endpoints=" + node.internalAddress() + ":" + Etcd.CLIENT_PORT))
        .command(times(etcd.snapshots()))
        .command(etcd.bucket().map(EtcdSnapshots::place).orElse(List.of()))
        .env(etcd.options().env())
        .binds(
            HostMounts.of(
                cluster,
                engine,
                "/opt/rke/etcd-snapshots/:/backup:z",
                HostProcess.KUBERNETES_FOLDER))
        .network("host")
        .restartAlways()
        .build();
  }

  /** The order is RKE's, which is another one with {@code backup_config}, where all are hours. */
  private static List<String> times(SnapshotSchedule schedule) {
    return schedule.kept() > 0
        ? List.of(
            "--creation=" + schedule.every().toHours() + "h",
            "--retention=" + schedule.keepFor().toHours() + "h")
        : List.of(
            "--retention=" + goDuration(schedule.keepFor()),
            "--creation=" + goDuration(schedule.every()));
  }

  private static List<String> place(SnapshotBucket bucket) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--s3-backup=true");
    arguments.add("--s3-endpoint=" + bucket.endpoint());
    arguments.add("--s3-bucketName=" + bucket.name());
    arguments.add("--s3-region=" + bucket.region());
    if (!bucket.authority().isEmpty()) {
      byte[] pem = bucket.authority().getBytes(StandardCharsets.UTF_8);
      arguments.add("--s3-endpoint-ca=" + Base64.getEncoder().encodeToString(pem));
    }
    if (!bucket.folder().isEmpty()) {
      arguments.add("--s3-folder=" + bucket.folder());
    }
    return arguments;
  }

  /** As a user of RKE writes it: {@code 12h}, {@code 90m} as {@code 1h30m}. */
  private static String goDuration(Duration duration) {
    return part(duration.toHours(), "h")
        + part(duration.toMinutesPart(), "m")
        + part(duration.toSecondsPart(), "s");
  }

  private static String part(long number, String unit) {
    return number == 0 ? "" : number + unit;
  }
}
