/** Plug-in interface: keeping what must survive a run. */
@NullMarked
package io.rke4j.spi.state;

import org.jspecify.annotations.NullMarked;
