/** Failures in the words of a Kubernetes API server. */
@NullMarked
package io.rke4j.testkit.kube.status;

import org.jspecify.annotations.NullMarked;
