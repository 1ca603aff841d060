/** Proof that the nodes reach each other. */
@NullMarked
package io.rke4j.core.phase.portcheck;

import org.jspecify.annotations.NullMarked;
