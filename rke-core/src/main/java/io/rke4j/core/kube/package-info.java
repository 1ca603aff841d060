/** Access to the Kubernetes API. */
@NullMarked
package io.rke4j.core.kube;

import org.jspecify.annotations.NullMarked;
