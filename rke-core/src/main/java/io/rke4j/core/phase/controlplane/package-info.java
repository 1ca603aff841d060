/** API servers, controller managers, schedulers, and the rights that later phases need. */
@NullMarked
package io.rke4j.core.phase.controlplane;

import org.jspecify.annotations.NullMarked;
