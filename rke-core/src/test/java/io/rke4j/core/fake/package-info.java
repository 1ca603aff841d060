/** Hosts and engines in memory. */
@NullMarked
package io.rke4j.core.fake;

import org.jspecify.annotations.NullMarked;
