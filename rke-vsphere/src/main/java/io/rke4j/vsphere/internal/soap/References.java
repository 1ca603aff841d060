package io.rke4j.vsphere.internal.soap;

import com.vmware.vim25.ManagedObjectReference;
import io.rke4j.vsphere.internal.vim.ObjectId;

/** Between our ids and yavijava's. */
final class References {

  private References() {}

  static ManagedObjectReference of(ObjectId id) {
    return Session.reference(id.kind(), id.id());
  }

  static ObjectId id(ManagedObjectReference reference) {
    return new ObjectId(reference.getType(), reference.getVal());
  }
}
