package io.rke4j.testkit.kube.store;

/** Which part of an object a change may touch. */
public enum Part {
  /** All but the status, where that is a subresource. */
  MAIN,
  /** The status only. */
  STATUS,
  /** Everything, as for controllers that stand for several components. */
  ALL
}
