package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.TaskInfo;
import com.vmware.vim25.TaskInfoState;
import io.rke4j.vsphere.error.VsphereException;
import io.rke4j.vsphere.internal.vim.ObjectId;
import io.rke4j.vsphere.internal.vim.TaskView;
import java.util.Optional;

/** Makes our view of a task of vCenter's. */
final class Tasks {

  private Tasks() {}

  static TaskView view(TaskInfo info) {
    Optional<ObjectId> result =
        info.getResult() instanceof ManagedObjectReference made
            ? Optional.of(References.id(made))
            : Optional.empty();
    int percent = info.getProgress() == null ? 0 : info.getProgress();
    return new TaskView(state(info.getState()), percent, failure(info), result);
  }

  private static TaskView.State state(TaskInfoState state) {
    if (state == TaskInfoState.success) {
      return TaskView.State.DONE;
    }
    if (state == TaskInfoState.error) {
      return TaskView.State.FAILED;
    }
    return state == TaskInfoState.running ? TaskView.State.RUNNING : TaskView.State.QUEUED;
  }

  private static Optional<VsphereException> failure(TaskInfo info) {
    if (info.getState() != TaskInfoState.error) {
      return Optional.empty();
    }
    String name = info.getEntityName() == null ? "" : " of '" + info.getEntityName() + "'";
    String about =
        "task " + (info.getDescriptionId() == null ? "" : info.getDescriptionId()) + name;
    return Optional.of(
        info.getError() == null
            ? VsphereException.unusable(about, "failed", "")
            : Faults.error(about, info.getError()));
  }
}
