package io.rke4j.vsphere.internal.vim;

import java.util.Set;

/** Tags of objects. */
public interface Tagging {

  /** Whether a tag exists. */
  boolean exists(String tag);

  /** Ids of the tags that an object has. */
  Set<String> of(ObjectId object);

  /** Gives an object a tag; one that it has already is fine. */
  void attach(String tag, ObjectId object);
}
