package io.rke4j.core.builtin.state;

import io.rke4j.spi.state.Lease;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;

/** A process of its own that takes a lease, says so, and keeps it until its input ends. */
final class LeaseHolder {

  private LeaseHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (Lease lease =
        DirectoryStateStore.at(Path.of(arguments[0])).acquire(arguments[1], Duration.ZERO)) {
      System.out.println(lease.isHeld() ? "held" : "not held");
      System.in.transferTo(OutputStream.nullOutputStream());
    }
    System.out.println("released");
  }
}
