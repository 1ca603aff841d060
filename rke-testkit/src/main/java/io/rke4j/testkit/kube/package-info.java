/** A Kubernetes cluster in memory whose API is a real HTTPS endpoint. */
@NullMarked
package io.rke4j.testkit.kube;

import org.jspecify.annotations.NullMarked;
