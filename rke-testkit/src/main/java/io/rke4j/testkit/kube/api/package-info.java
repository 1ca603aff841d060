/** The simulated API server: from a request to its answer. */
@NullMarked
package io.rke4j.testkit.kube.api;

import org.jspecify.annotations.NullMarked;
