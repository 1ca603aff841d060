package io.rke4j.core.engine;

import java.util.List;

/** A part of a run whose steps are known only when the part before it is over. */
@FunctionalInterface
public interface Act {

  /** Its steps, in reading order. */
  List<Step> steps();
}
