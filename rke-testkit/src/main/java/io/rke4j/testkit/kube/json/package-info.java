/** Kubernetes objects as JSON trees, in memory and as text. */
@NullMarked
package io.rke4j.testkit.kube.json;

import org.jspecify.annotations.NullMarked;
