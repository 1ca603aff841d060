package io.rke4j.core.engine;

import io.rke4j.api.plan.Phase;
import java.util.List;

/**
 * A phase: its steps, and what later phases may use of it. A later phase can be made only from the
 * results of the phases that it needs, so the compiler keeps the order.
 *
 * @param <O> what later phases may use
 */
public interface PhaseUnit<O> {

  /** Which phase it is. */
  Phase phase();

  /** Its steps in reading order; each says itself what it has to wait for. */
  List<Step> steps();

  /** What later phases may use. Holds values that exist once the steps are done. */
  O result();
}
