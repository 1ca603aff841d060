/** Machines that a driver makes, before anything else is known of where the cluster will be. */
@NullMarked
package io.rke4j.core.phase.machine;

import org.jspecify.annotations.NullMarked;
