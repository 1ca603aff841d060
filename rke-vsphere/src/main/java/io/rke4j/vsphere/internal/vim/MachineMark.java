package io.rke4j.vsphere.internal.vim;

import java.util.Map;

/**
 * A virtual machine, and what is needed to tell whose it is.
 *
 * @param id its id
 * @param name its name
 * @param uuid its instance UUID, which no other machine of this vCenter has
 * @param annotation its notes
 * @param marks those of its configuration parameters whose names start with {@code rke4j.}
 */
public record MachineMark(
    ObjectId id, String name, String uuid, String annotation, Map<String, String> marks) {

  /** Copies the marks. */
  public MachineMark {
    marks = Map.copyOf(marks);
  }
}
