/** The network plugin. */
@NullMarked
package io.rke4j.core.phase.network;

import org.jspecify.annotations.NullMarked;
