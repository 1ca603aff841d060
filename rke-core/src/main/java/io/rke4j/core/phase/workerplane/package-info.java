/** Kubelets and proxies on every node; labels and taints. */
@NullMarked
package io.rke4j.core.phase.workerplane;

import org.jspecify.annotations.NullMarked;
