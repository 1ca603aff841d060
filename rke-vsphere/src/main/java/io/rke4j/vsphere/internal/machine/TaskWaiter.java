package io.rke4j.vsphere.internal.machine;

import io.rke4j.spi.Observation;
import io.rke4j.spi.OperationCancelledException;
import io.rke4j.spi.OperationContext;
import io.rke4j.spi.WaitTimeoutException;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.TaskView;
import io.rke4j.vsphere.internal.vim.Vim;
import java.time.Duration;
import java.util.Optional;

/** Waits for tasks of vCenter; what is no longer wanted is cancelled there, too. */
final class TaskWaiter {

  // A full clone of a large disk between slow datastores.
  static final Duration LONG = Duration.ofHours(2);
  static final Duration SHORT = Duration.ofMinutes(10);

  private final Vim vim;
  private final OperationContext context;

  TaskWaiter(Vim vim, OperationContext context) {
    this.vim = vim;
    this.context = context;
  }

  /**
   * Waits until a task is done.
   *
   * @param what what it does, as it reads after "waiting for"
   * @param atMost how long it may take
   * @param task its id
   * @return what it has made, if anything
   */
  Optional<ObjectId> await(String what, Duration atMost, ObjectId task) {
    TaskView[] last = new TaskView[1];
    try {
      context.waitUntil(
          what,
          atMost,
          () -> {
            last[0] = vim.task(task);
            return observation(last[0]);
          });
    } catch (OperationCancelledException | WaitTimeoutException e) {
      try {
        vim.cancel(task);
      } catch (VsphereException unanswered) {
        e.addSuppressed(unanswered);
      }
      throw e;
    }
    last[0]
        .failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return last[0].result();
  }

  private static Observation observation(TaskView task) {
    return switch (task.state()) {
      case QUEUED -> Observation.notYet("the task is queued");
      case RUNNING -> Observation.notYet("the task is at " + task.percent() + " %");
      case DONE, FAILED -> Observation.done();
    };
  }
}
