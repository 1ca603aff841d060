/** Plug-in interface: putting manifests into a cluster. */
@NullMarked
package io.rke4j.spi.addon;

import org.jspecify.annotations.NullMarked;
