package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.container.ContainerProcess;
import io.rke4j.testkit.host.FileEntry;
import java.time.temporal.ChronoUnit;

/** Saves etcd again and again; here, once, when it starts. */
final class Snapshots extends Program {

  /** Makes one. */
  Snapshots() {}

  @Override
  public void start(ContainerProcess process) {
    String name = process.machine().clock().instant().truncatedTo(ChronoUnit.SECONDS) + "_etcd.zip";
    process.files().put("/backup/" + name, FileEntry.file(0600, "a simulated snapshot\n"));
    process.err("level=info msg=\"Created backup\" name=" + name);
  }
}
