/** The SSH servers of simulated hosts. */
@NullMarked
package io.rke4j.testkit.ssh;

import org.jspecify.annotations.NullMarked;
