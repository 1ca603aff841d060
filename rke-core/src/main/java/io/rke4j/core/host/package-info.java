/** One host of the cluster: what a plan may look at, and what a run may do to it. */
@NullMarked
package io.rke4j.core.host;

import org.jspecify.annotations.NullMarked;
