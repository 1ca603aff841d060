/** Hosts connected, images pulled. */
@NullMarked
package io.rke4j.core.phase.node;

import org.jspecify.annotations.NullMarked;
