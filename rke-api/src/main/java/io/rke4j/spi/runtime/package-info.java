/** Plug-in interface: running containers on one node. */
@NullMarked
package io.rke4j.spi.runtime;

import org.jspecify.annotations.NullMarked;
