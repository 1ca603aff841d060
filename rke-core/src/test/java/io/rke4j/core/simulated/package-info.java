/** The code of production against the simulated hosts of rke-testkit. */
@NullMarked
package io.rke4j.core.simulated;

import org.jspecify.annotations.NullMarked;
