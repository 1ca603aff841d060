package io.rke4j.core.builtin.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.cluster.Secret;
import io.rke4j.spi.state.StateStore;
import io.rke4j.spi.state.StateStoreException;
import io.rke4j.testkit.contract.StateStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStateStoreTest extends StateStoreContract {

  private static final Secret FIRST = Secret.of("{\"marker\": 1}");
  private static final Secret SECOND = Secret.of("{\"marker\": 2}");

  @TempDir private Path parent = Path.of("");
  private Path folder = Path.of("");
  private DirectoryStateStore store = DirectoryStateStore.at(folder);

  @BeforeEach
  void openFirst() {
    folder = parent.resolve("state");
    store = DirectoryStateStore.at(folder);
  }

  @Override
  protected StateStore open() {
    return DirectoryStateStore.at(folder);
  }

  @Test
  void onlyTheOwnerMayEnterAndRead() throws IOException {
    store.save("c1", FIRST);
    store.acquire("c1", Duration.ZERO).close();
    assertThat(modes(folder)).isEqualTo("rwx------");
    assertThat(modes(folder.resolve("c1.json"))).isEqualTo("rw-------");
    assertThat(modes(folder.resolve("c1.lock"))).isEqualTo("rw-------");
    assertThat(names()).containsExactlyInAnyOrder("c1.json", "c1.lock");
  }

  @Test
  void aDocumentThatOthersCanReadIsRefused() throws IOException {
    store.save("c1", FIRST);
    Path document = folder.resolve("c1.json");
    Files.setPosixFilePermissions(document, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> store.load("c1"))
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("can be read by others. Run: chmod 600 " + document)
        .hasMessageNotContaining("marker");
    store.save("c1", SECOND);
    assertThat(store.load("c1")).contains(SECOND);
  }

  @Test
  void aFolderThatOthersCanChangeIsRefused() throws IOException {
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThatThrownBy(() -> store.save("c1", FIRST))
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("Run: chmod 700 " + folder);
    assertThatThrownBy(() -> store.acquire("c1", Duration.ZERO))
        .isInstanceOf(StateStoreException.class);
  }

  @Test
  void whatADeadProcessLeftIsNeverReadAndTakenAwayByTheNextRun() throws IOException {
    store.save("c1", FIRST);
    store.save("c1-b", FIRST);
    Files.writeString(folder.resolve(".c1.json.0b5e"), "{\"mark");
    Files.writeString(folder.resolve(".c1-b.json.17aa"), "{\"mark");
    assertThat(store.load("c1")).contains(FIRST);
    store.acquire("c1", Duration.ZERO).close();
    assertThat(names())
        .containsExactlyInAnyOrder("c1.json", "c1.lock", "c1-b.json", ".c1-b.json.17aa");
  }

  @Test
  void aSaveThatFailsLeavesTheOldDocumentAndNothingElse() throws IOException {
    store.save("c1", FIRST);
    Path blocked = folder.resolve("c2.json");
    Files.createDirectories(blocked.resolve("in-the-way"));
    assertThatThrownBy(() -> store.save("c2", SECOND))
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("cannot write " + blocked)
        .hasMessageNotContaining("marker");
    assertThat(names()).containsExactlyInAnyOrder("c1.json", "c2.json");
    assertThat(store.load("c1")).contains(FIRST);
  }

  @Test
  void anInterruptedThreadStillSaves() {
    Thread.currentThread().interrupt();
    try {
      store.save("c1", FIRST);
      assertThat(store.load("c1")).contains(FIRST);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aNameCannotLeaveTheFolder() {
    for (String name : List.of("../c1", "c1/x", "", ".", "C1")) {
      assertThatThrownBy(() -> store.load(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> folder.relativize(file).toString()).toList();
    }
  }

  private static String modes(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
