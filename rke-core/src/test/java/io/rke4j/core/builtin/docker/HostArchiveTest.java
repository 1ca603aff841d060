package io.rke4j.core.builtin.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.runtime.HostFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class HostArchiveTest {

  private static final List<HostFile> FILES =
      List.of(
          HostFile.folder("/etc/kubernetes/ssl", 0700),
          HostFile.file("/etc/kubernetes/ssl/key.pem", 0600, Secret.of("ä\n")),
          HostFile.file("/etc/" + "long/".repeat(40) + "name", 0644, Secret.of("")),
          HostFile.link("/etc/kubernetes/latest", "ssl/key.pem"));

  @Test
  void whatIsPackedIsUnpacked() throws IOException {
    byte[] archive = HostArchive.pack(FILES);
    assertThat(HostArchive.unpack(new ByteArrayInputStream(archive), "/")).isEqualTo(FILES);
  }

  @Test
  void everythingBelongsToRoot() throws IOException {
    TarArchiveInputStream archive =
        new TarArchiveInputStream(new ByteArrayInputStream(HostArchive.pack(FILES)));
    for (TarArchiveEntry entry = archive.getNextEntry();
        entry != null;
        entry = archive.getNextEntry()) {
      assertThat(entry.getLongUserId()).isZero();
      assertThat(entry.getLongGroupId()).isZero();
      assertThat(entry.getUserName()).isEqualTo("root");
    }
  }
}
