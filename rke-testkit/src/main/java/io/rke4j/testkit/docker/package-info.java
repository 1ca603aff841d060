/** Hosts that are containers of the Docker Engine on this machine: real clusters for tests. */
@NullMarked
package io.rke4j.testkit.docker;

import org.jspecify.annotations.NullMarked;
