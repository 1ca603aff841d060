/** Plug-in interface: where machines come from and how they are reached. */
@NullMarked
package io.rke4j.spi.node;

import org.jspecify.annotations.NullMarked;
