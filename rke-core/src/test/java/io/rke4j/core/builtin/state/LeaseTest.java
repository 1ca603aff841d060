package io.rke4j.core.builtin.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.state.Lease;
import io.rke4j.spi.state.LeaseHeldException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LeaseTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void twoStoresInOneProcessExcludeEachOther() {
    DirectoryStateStore one = DirectoryStateStore.at(folder);
    DirectoryStateStore other =
        DirectoryStateStore.at(folder.resolve("../" + folder.getFileName()));
    Lease lease = one.acquire("c1", Duration.ZERO);
    assertThat(lease.isHeld()).isTrue();
    assertThatThrownBy(() -> other.acquire("c1", Duration.ZERO))
        .isInstanceOf(LeaseHeldException.class)
        .hasMessageContaining("process " + ProcessHandle.current().pid() + " on ");
    other.acquire("c2", Duration.ZERO).close();
    lease.close();
    lease.close();
    assertThat(lease.isHeld()).isFalse();
    other.acquire("c1", Duration.ZERO).close();
  }

  @Test
  void anotherProcessIsShutOutEvenAfterOthersHereHaveAsked() throws Exception {
    DirectoryStateStore store = DirectoryStateStore.at(folder);
    try (Lease lease = store.acquire("c1", Duration.ZERO)) {
      assertThatThrownBy(() -> store.acquire("c1", Duration.ofMillis(30)))
          .isInstanceOf(LeaseHeldException.class);
      Process process = start(ProcessBuilder.Redirect.PIPE);
      String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isNotZero();
      assertThat(errors)
          .contains("LeaseHeldException", "process " + ProcessHandle.current().pid() + " on ");
      assertThat(lease.isHeld()).isTrue();
    }
  }

  @Test
  void aKilledProcessFreesItsLeaseAtOnce() throws Exception {
    DirectoryStateStore store = DirectoryStateStore.at(folder);
    Process process = start(ProcessBuilder.Redirect.INHERIT);
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("held");
      assertThatThrownBy(() -> store.acquire("c1", Duration.ofMillis(50)))
          .isInstanceOf(LeaseHeldException.class)
          .hasMessageContaining("process " + process.pid() + " on ");
      process.destroyForcibly().waitFor();
      store.acquire("c1", Duration.ZERO).close();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whoeverWaitsGetsTheLeaseWhenAnotherProcessReturnsIt() throws Exception {
    DirectoryStateStore store = DirectoryStateStore.at(folder);
    Process process = start(ProcessBuilder.Redirect.INHERIT);
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("held");
      AtomicInteger looks = new AtomicInteger();
      DirectoryStateStore waiting =
          new DirectoryStateStore(
              folder,
              Clock.systemUTC(),
              time -> {
                if (looks.incrementAndGet() == 2) {
                  closeInput(process);
                }
                Thread.onSpinWait();
              });
      waiting.acquire("c1", Duration.ofSeconds(60)).close();
      assertThat(looks).hasValueGreaterThanOrEqualTo(2);
      assertThat(output.readLine()).isEqualTo("released");
    } finally {
      process.destroyForcibly();
    }
    store.acquire("c1", Duration.ZERO).close();
  }

  @Test
  void waitingBacksOffAndEndsInTime() {
    DirectoryStateStore store = DirectoryStateStore.at(folder);
    List<Long> pauses = new ArrayList<>();
    SteppedClock clock = new SteppedClock();
    DirectoryStateStore waiting =
        new DirectoryStateStore(
            folder,
            clock,
            time -> {
              pauses.add(time.toMillis());
              clock.now = clock.now.plus(time);
            });
    try (Lease lease = store.acquire("c1", Duration.ZERO)) {
      assertThatThrownBy(() -> waiting.acquire("c1", Duration.ofSeconds(1)))
          .isInstanceOf(LeaseHeldException.class);
      assertThat(lease.isHeld()).isTrue();
    }
    assertThat(pauses).containsExactly(10L, 20L, 40L, 80L, 160L, 250L, 250L, 190L);
  }

  @Test
  void anInterruptEndsTheWait() {
    DirectoryStateStore store = DirectoryStateStore.at(folder);
    try (Lease lease = store.acquire("c1", Duration.ZERO)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> store.acquire("c1", Duration.ofMinutes(5)))
          .isInstanceOf(OperationCancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(lease.isHeld()).isTrue();
    }
  }

  @Test
  void aDeletedLockFileIsALostLease() throws IOException {
    DirectoryStateStore store = DirectoryStateStore.at(folder);
    try (Lease lease = store.acquire("c1", Duration.ZERO)) {
      Files.delete(folder.resolve("c1.lock"));
      assertThat(lease.isHeld()).isFalse();
    }
  }

  private Process start(ProcessBuilder.Redirect errors) throws IOException, URISyntaxException {
    String classPath =
        String.join(
            System.getProperty("path.separator"),
            location(LeaseHolder.class),
            location(DirectoryStateStore.class),
            location(Lease.class));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(), "-cp", classPath, LeaseHolder.class.getName(), folder.toString(), "c1")
        .redirectError(errors)
        .start();
  }

  private static String location(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static void closeInput(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Goes on only when told. */
  private static final class SteppedClock extends Clock {

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
