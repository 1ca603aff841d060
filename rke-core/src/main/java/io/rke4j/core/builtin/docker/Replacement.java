package io.rke4j.core.builtin.docker;

import io.rke4j.core.container.SetAside;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.ContainerState;
import io.rke4j.spi.runtime.ContainerState.Status;

/** Puts a container in the place of another, and the other one back if that fails. */
record Replacement(Containers containers, ContainerSpec wanted, ContainerState old) {

  void carryOut(boolean start, OperationContext context) {
    String name = wanted.name();
    // Whatever can fail without touching what runs comes first.
    containers.images().ensure(wanted.image(), context);
    containers.remove(SetAside.name(name));
    if (isAlive()) {
      containers.stop(name);
    }
    moveAside();
    try {
      containers.create(wanted);
      if (start) {
        containers.start(name);
      }
    } catch (RuntimeException e) {
      putBack(e);
      throw e;
    }
    containers.remove(SetAside.name(name));
  }

  private void moveAside() {
    try {
      containers.rename(wanted.name(), SetAside.name(wanted.name()));
    } catch (RuntimeException e) {
      startAgain(e);
      throw e;
    }
  }

  private void startAgain(RuntimeException reason) {
    try {
      if (isAlive()) {
        containers.start(wanted.name());
      }
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private boolean isAlive() {
    return old.status() == Status.RUNNING || old.status() == Status.RESTARTING;
  }

  private void putBack(RuntimeException reason) {
    try {
      containers.remove(wanted.name());
      containers.rename(SetAside.name(wanted.name()), wanted.name());
      startAgain(reason);
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }
}
