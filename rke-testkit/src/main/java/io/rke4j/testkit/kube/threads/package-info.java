/** The one place where the simulated cluster makes threads. */
@NullMarked
package io.rke4j.testkit.kube.threads;

import org.jspecify.annotations.NullMarked;
