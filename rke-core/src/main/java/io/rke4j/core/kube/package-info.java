/** A small client of the Kubernetes API, and what the library does with it. */
@NullMarked
package io.rke4j.core.kube;

import org.jspecify.annotations.NullMarked;
