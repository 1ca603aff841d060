/** What the containers of a cluster do on simulated hosts. */
@NullMarked
package io.rke4j.testkit.behaviour;

import org.jspecify.annotations.NullMarked;
