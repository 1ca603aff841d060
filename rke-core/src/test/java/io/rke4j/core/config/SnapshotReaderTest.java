package io.rke4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.Role;
import io.rke4j.api.cluster.SnapshotSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotReaderTest {

  @TempDir private Path folder;

  @Test
  void snapshotsAreCountedAsTheBlockSays() throws IOException {
    assertThat(schedule("{backup_config: {interval_hours: 4, retention: 9, timeout: 300}}"))
        .isEqualTo(new SnapshotSchedule(true, Duration.ofHours(4), Duration.ofHours(36), 9))
        .isEqualTo(
            ClusterSpec.named("c")
                .kubernetes("v1.20.15-rancher2-1")
                .node("n", n -> n.address("10.0.0.11").user("root").roles(Role.values()))
                .services(s -> s.countedSnapshots(4, 9))
                .build()
                .services()
                .etcd()
                .snapshots());
  }

  @Test
  void anEmptyBlockIsTheWishForRkesNumbers() throws IOException {
    assertThat(schedule("{backup_config: {}}"))
        .isEqualTo(new SnapshotSchedule(true, Duration.ofHours(12), Duration.ofHours(72), 6))
        .isEqualTo(schedule("{backup_config: {interval_hours: 0, retention: 0, enabled: true}}"));
  }

  @Test
  void noBlockIsNoWish() throws IOException {
    assertThat(schedule("{backup_config: null}")).isEqualTo(SnapshotSchedule.DEFAULT);
  }

  @Test
  void aBlockThatIsSwitchedOffSwitchesSnapshotsOff() throws IOException {
    assertThat(schedule("{backup_config: {enabled: false}}").enabled()).isFalse();
    assertThat(schedule("{snapshot: false, backup_config: {enabled: false}}").enabled()).isFalse();
    assertThat(schedule("{snapshot: false, backup_config: {interval_hours: 4}}").enabled())
        .isFalse();
  }

  private SnapshotSchedule schedule(String etcd) throws IOException {
    Path file = folder.resolve("cluster.yml");
    Files.writeString(
        file,
        """
        nodes:
        - {address: 10.0.0.11, user: root, role: [controlplane, etcd, worker]}
        services: {etcd: %s}
        """
            .formatted(etcd));
    return new ClusterYaml().read(file).services().etcd().snapshots();
  }
}
